-- The indexes that a first import does without: they are made when all is in. Its arbeidsforhold lie elsewhere until
-- then (ankomne.go).
CREATE UNIQUE INDEX arbeidsforhold_utstedt_id ON arbeidsforhold (utstedt_id) WHERE utstedt_id IS NOT NULL;
CREATE UNIQUE INDEX arbeidsforhold_uuid ON arbeidsforhold (uuid);
CREATE INDEX arbeidsforhold_arbeidsgiver ON arbeidsforhold
    (arbeidsgiver, begyntdato DESC, arbeidsforhold_id, sluttetdato, skjerming, arbeidstaker);
CREATE INDEX arbeidsforhold_arbeidstaker ON arbeidsforhold (arbeidstaker, begyntdato DESC, arbeidsforhold_id, skjerming);
CREATE INDEX arbeidsforhold_opplysningspliktig ON arbeidsforhold (opplysningspliktig);
CREATE INDEX personnavn_liste ON personnavn (liste);
CREATE UNIQUE INDEX arbeidstakerliste_aktoer ON arbeidstakerliste (aktoer);
