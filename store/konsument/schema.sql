-- One row: what counts for all.
CREATE TABLE oppsett (
	id      INTEGER PRIMARY KEY CHECK (id = 1),
	versjon INTEGER NOT NULL, -- drawn anew at every change, so that a restored copy never repeats one
	noekkel BLOB NOT NULL     -- signs session ids
);

-- Numbers of both tables are never used again: old session ids and old rows of the log name them.
CREATE TABLE konsument (
	nr      INTEGER PRIMARY KEY AUTOINCREMENT,
	orgnr   TEXT NOT NULL UNIQUE,
	versjon INTEGER NOT NULL, -- oppsett.versjon of its last change
	avtale  TEXT NOT NULL     -- all of it, as JSON
);

CREATE TABLE innlogging (
	nr         INTEGER PRIMARY KEY AUTOINCREMENT,
	konsument  INTEGER NOT NULL REFERENCES konsument (nr),
	brukernavn TEXT NOT NULL,
	foldet     TEXT UNIQUE, -- brukernavn without case, NULL for a certificate
	slag       TEXT NOT NULL CHECK (slag IN ('passord', 'sertifikat')),
	passord    TEXT NOT NULL,
	digest     TEXT NOT NULL,
	legacy     INTEGER NOT NULL,
	sperret    INTEGER NOT NULL,
	etter      INTEGER NOT NULL
);

CREATE INDEX innlogging_konsument ON innlogging (konsument);
CREATE UNIQUE INDEX innlogging_sertifikat ON innlogging (konsument) WHERE slag = 'sertifikat';
