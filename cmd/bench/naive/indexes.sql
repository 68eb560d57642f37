CREATE INDEX arbeidsforhold_arbeidsgiver ON arbeidsforhold (arbeidsgiver);
CREATE INDEX avtale_arbeidsforhold ON avtale (arbeidsforhold);
CREATE INDEX timer_arbeidsforhold ON timer (arbeidsforhold);
CREATE INDEX permisjon_arbeidsforhold ON permisjon (arbeidsforhold);
CREATE INDEX utenlandsopphold_arbeidsforhold ON utenlandsopphold (arbeidsforhold);
