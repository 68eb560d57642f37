-- A register as one would write it first: a table for each thing, a row for each fact, texts as they are printed.
CREATE TABLE part (               -- persons, units and old employers
    nummer TEXT PRIMARY KEY,
    navn   TEXT
);
CREATE TABLE enhet (
    nummer TEXT PRIMARY KEY,
    overordnet TEXT, fadresse1 TEXT, fadresse2 TEXT, fadresse3 TEXT, fpostnr TEXT, fpoststed TEXT,
    padresse1 TEXT, padresse2 TEXT, padresse3 TEXT, ppostnr TEXT, ppoststed TEXT,
    kommunenr TEXT, kommune TEXT, landkode TEXT, landtekst TEXT, etablert TEXT, enhkode TEXT, enhtype TEXT,
    opphoert TEXT, virksomhetsoverdragelse TEXT
);
CREATE TABLE arbeidsforhold (
    id INTEGER PRIMARY KEY,
    eget_id TEXT, arbeidsgiver TEXT, opplysningspliktig TEXT, arbeidstaker TEXT,
    begyntdato TEXT, sluttetdato TEXT, opprettet TEXT, type TEXT, a_ordningen TEXT, sist_endret TEXT, sist_bekreftet TEXT
);
CREATE TABLE avtale (
    arbeidsforhold INTEGER, nr INTEGER,
    arbeidstidsordning TEXT, avloenningstype TEXT, yrkeskode TEXT, yrkestittel TEXT, avtalt TEXT, full TEXT, stillingsprosent TEXT,
    beregnet TEXT, sist_loenn TEXT, fom TEXT, tom TEXT, gammelt_aa TEXT, sist_stilling TEXT,
    maritim INTEGER, fartsomraade TEXT, skipsregister TEXT, skipstype TEXT
);
CREATE TABLE timer (arbeidsforhold INTEGER, nr INTEGER, fom TEXT, tom TEXT, antall TEXT, maaned TEXT);
CREATE TABLE permisjon (arbeidsforhold INTEGER, nr INTEGER, id TEXT, fom TEXT, tom TEXT, prosent TEXT, type TEXT);
CREATE TABLE utenlandsopphold (arbeidsforhold INTEGER, nr INTEGER, land TEXT, maaned TEXT, fom TEXT, tom TEXT);
