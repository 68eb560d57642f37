-- The indexes that questions need and a first import does without: they are made when all is in.
CREATE INDEX arbeidsforhold_arbeidsgiver ON arbeidsforhold
    (arbeidsgiver, begyntdato DESC, arbeidsforhold_id, sluttetdato, skjerming, arbeidstaker);
CREATE INDEX arbeidsforhold_arbeidstaker ON arbeidsforhold (arbeidstaker, begyntdato DESC, arbeidsforhold_id, skjerming);
CREATE INDEX arbeidsforhold_opplysningspliktig ON arbeidsforhold (opplysningspliktig);
CREATE INDEX personnavn_liste ON personnavn (liste);
