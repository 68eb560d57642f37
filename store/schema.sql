-- The register. Words are the field specification's; dates are numbers yyyymmdd (0: none), so that they compare and
-- stay readable. What is marked "derived" can be made anew from the rest, and is, in the transaction that changes the
-- rest. The indexes that a first import does without are in indexes.sql. REFERENCES say what a number points at; SQLite is
-- not asked to watch them, the methods of Tx do.

CREATE TABLE register (                 -- what the register knows of itself: generation, key and count of minted numbers
    noekkel TEXT PRIMARY KEY,
    verdi   BLOB NOT NULL
) WITHOUT ROWID;

CREATE TABLE kode (                     -- every code with text that was delivered, once; packed documents hold its nr
    nr          INTEGER PRIMARY KEY,
    kodeverk    TEXT NOT NULL,
    kode        TEXT NOT NULL,
    beskrivelse TEXT NOT NULL,
    UNIQUE (kodeverk, kode, beskrivelse)
);

CREATE TABLE aktoer (                   -- who can be a party of an arbeidsforhold
    aktoer           INTEGER PRIMARY KEY,
    slag             INTEGER NOT NULL,  -- 1 enhet, 2 person, 3 employer from before Enhetsregisteret
    nummer           TEXT NOT NULL,     -- orgnr, foedselsnr or D-number, arbeidsgivernr: the one in force
    navn             TEXT NOT NULL DEFAULT '',
    gradering        INTEGER NOT NULL DEFAULT 0,
    oppgitt          INTEGER NOT NULL DEFAULT 0, -- 0: only arbeidsforhold have told of it; 2: a source has taken back what it told
    som_arbeidstaker INTEGER NOT NULL DEFAULT 0, -- derived: set of the skjerming of its arbeidsforhold, bit n for n
    som_arbeidsgiver INTEGER NOT NULL DEFAULT 0, -- derived: the same where it is the employer
    UNIQUE (nummer, slag)
);

CREATE TABLE tidligere_nummer (         -- former numbers of persons; several may have had the same
    nummer TEXT NOT NULL,
    aktoer INTEGER NOT NULL REFERENCES aktoer,
    PRIMARY KEY (nummer, aktoer)
) WITHOUT ROWID;
CREATE INDEX tidligere_nummer_aktoer ON tidligere_nummer (aktoer);

CREATE TABLE person (
    aktoer       INTEGER PRIMARY KEY REFERENCES aktoer,
    kjoenn       TEXT NOT NULL,         -- K, M or empty
    foedselsdato INTEGER NOT NULL,
    doedsdato    INTEGER NOT NULL
);

CREATE TABLE personnavn (               -- a name that a person has or had
    navn       INTEGER PRIMARY KEY,
    aktoer     INTEGER NOT NULL REFERENCES person,
    historisk  INTEGER NOT NULL,
    liste      INTEGER REFERENCES etternavn, -- NULL when etternavn has no words
    etternavn  TEXT NOT NULL,
    fornavn    TEXT NOT NULL,
    mellomnavn TEXT NOT NULL
);
CREATE INDEX personnavn_aktoer ON personnavn (aktoer);

CREATE TABLE etternavn (                -- derived: each etternavn that names have, by its words, has a list of them
    liste    INTEGER PRIMARY KEY,
    ord      TEXT NOT NULL UNIQUE,      -- folded words, split by space
    fonetisk TEXT NOT NULL,             -- their phonetic codes, word for word
    merke    INTEGER NOT NULL DEFAULT 0, -- the marks of its list (stykke.go)
    fra      BLOB                       -- the place of the first name in it, as sortKey has it
);

CREATE TABLE etternavnord (             -- derived: the words of etternavn, and their codes, that lead to a list
    fonetisk INTEGER NOT NULL,
    ord      TEXT NOT NULL,
    liste    INTEGER NOT NULL REFERENCES etternavn,
    PRIMARY KEY (fonetisk, ord, liste)
) WITHOUT ROWID;

CREATE TABLE personliste (              -- derived: names in the order of answers, 64 entries a row (stykke.go, personliste.go)
    del   INTEGER PRIMARY KEY,          -- liste * 65536 + number of the row
    merke INTEGER NOT NULL,
    dok   BLOB NOT NULL
);

CREATE TABLE enhet (
    aktoer                  INTEGER PRIMARY KEY REFERENCES aktoer,
    enhkode                 TEXT NOT NULL,
    enhtype_beskr           TEXT NOT NULL, -- as delivered; empty: the code list's
    overordnet              INTEGER REFERENCES aktoer, -- the unit one level up
    fadresse                TEXT NOT NULL, -- lines split by newline; forretnings- or beliggenhetsadresse
    fpostnr                 TEXT NOT NULL,
    fpoststed               TEXT NOT NULL,
    kommunenr               TEXT NOT NULL,
    kommune                 TEXT NOT NULL,
    landkode                TEXT NOT NULL,
    land                    TEXT NOT NULL,
    postadresse             TEXT NOT NULL, -- JSON of the whole postadresse, empty for none
    registreringsdato       INTEGER NOT NULL,
    stiftelsesdato          INTEGER NOT NULL,
    oppstartsdato           INTEGER NOT NULL,
    opphoert                INTEGER NOT NULL, -- 1 when it has ceased on a day that nobody knows
    opphoersdato            INTEGER NOT NULL,
    virksomhetsoverdragelse INTEGER NOT NULL
);
CREATE INDEX enhet_overordnet ON enhet (overordnet);

CREATE TABLE tidligere_overordnet (     -- units that were transferred to another overordnet
    overordnet INTEGER NOT NULL REFERENCES aktoer,
    enhet      INTEGER NOT NULL REFERENCES enhet,
    til        INTEGER NOT NULL,
    PRIMARY KEY (overordnet, enhet)
) WITHOUT ROWID;
CREATE INDEX tidligere_overordnet_enhet ON tidligere_overordnet (enhet);

CREATE TABLE enhetsnavn (               -- a name that a unit or an old employer has or had
    navn      INTEGER PRIMARY KEY,
    aktoer    INTEGER NOT NULL REFERENCES aktoer,
    historisk INTEGER NOT NULL,
    fra       TEXT NOT NULL,            -- as delivered
    til       TEXT NOT NULL,
    tekst     TEXT NOT NULL,
    ord       TEXT NOT NULL,            -- its folded words, then U+001F and the word mended where the name was cut (navnenoekler.go)
    fonetisk  TEXT NOT NULL             -- their phonetic codes, word for word
);
CREATE INDEX enhetsnavn_aktoer ON enhetsnavn (aktoer);

CREATE TABLE enhetsord (                -- derived: the phonetic codes of units' names, each with its list
    liste INTEGER PRIMARY KEY,
    kode  TEXT NOT NULL UNIQUE
);

CREATE TABLE enhetsliste (              -- derived: the names that a code leads to, in the order of answers (stykke.go, enhetsliste.go)
    del   INTEGER PRIMARY KEY,          -- liste * 65536 + number of the piece
    merke INTEGER NOT NULL,
    dok   BLOB NOT NULL
);

CREATE TABLE arbeidsforhold (
    arbeidsforhold_id  INTEGER PRIMARY KEY,     -- the number shown: the register's, else the minted one
    utstedt_id         INTEGER,                 -- minted here because the source had none; finds for ever
    uuid               BLOB,                    -- 16 bytes
    arbeidstaker       INTEGER NOT NULL REFERENCES aktoer,
    arbeidsgiver       INTEGER NOT NULL REFERENCES aktoer,
    opplysningspliktig INTEGER REFERENCES aktoer, -- NULL when the source did not tell
    begyntdato         INTEGER NOT NULL,
    sluttetdato        INTEGER NOT NULL,
    skjerming          INTEGER NOT NULL DEFAULT 0, -- derived: grades among the parties, 1 fortrolig, 2 strengt fortrolig
    takernummer        TEXT NOT NULL DEFAULT '', -- derived: arbeidstaker's number in force, and name
    takernavn          TEXT NOT NULL DEFAULT '',
    dok                BLOB NOT NULL            -- everything else, packed (dok.go)
);

CREATE TABLE arbeidstakerliste (        -- derived: who has a role as arbeidstaker, and what hentArbeidstaker tells (takerliste.go)
    nummer           INTEGER PRIMARY KEY, -- the one in force
    aktoer           INTEGER NOT NULL REFERENCES aktoer,
    gradering        INTEGER NOT NULL,  -- as aktoer has them
    som_arbeidstaker INTEGER NOT NULL,
    dok              BLOB NOT NULL
);

CREATE TABLE arbeidstakerantall (       -- derived: how many persons are active at an employer or below it, on all days (antall.go)
    aktoer INTEGER NOT NULL REFERENCES aktoer,
    fra    INTEGER NOT NULL,            -- the first day that it tells of; the last is before that of the next row
    dok    BLOB NOT NULL,               -- up to 64 days on which it changes
    PRIMARY KEY (aktoer, fra)
) WITHOUT ROWID;

CREATE TABLE arbeidsgiverhode (         -- derived: what filters and counts ask of the entries of arbeidsgiverliste (liste_hoder.go)
    rad INTEGER PRIMARY KEY,            -- aktoer * 65536 + number of the row
    dok BLOB NOT NULL
);

CREATE TABLE arbeidsgiverliste (        -- derived: what hentArbeidsgiver lists, in its order, 64 entries a row (liste_pakk.go)
    del INTEGER PRIMARY KEY,            -- aktoer * 65536 + number of the piece; numbers have no gaps
    dok BLOB NOT NULL
);
