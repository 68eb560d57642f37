package store

import "fmt"

// A new register's arbeidsforhold come in any order, and are laid in the order of their numbers: in a large table each that
// came out of order would cost a page read and a page written. So they lie in the order that they come in until all are in:
// in a temporary table, which SQLite sees before the register's own of the same name (sqlite.org/lang_naming.html), so that
// who stores them need not know. It lies where SQLite has what it sorts, in a file that has no name.

// mottaAnkomne makes the temporary table.
var mottaAnkomne = fmt.Sprintf(`
	CREATE TEMP TABLE arbeidsforhold AS SELECT * FROM main.arbeidsforhold;
	PRAGMA temp.journal_mode = OFF;
	PRAGMA temp.cache_size = -%[1]d;
	PRAGMA main.cache_size = -%[1]d;
	CREATE UNIQUE INDEX temp.ankomne_id ON arbeidsforhold (arbeidsforhold_id);
	CREATE UNIQUE INDEX temp.ankomne_utstedt_id ON arbeidsforhold (utstedt_id) WHERE utstedt_id IS NOT NULL;
	CREATE UNIQUE INDEX temp.ankomne_uuid ON arbeidsforhold (uuid); `, writerCache/2)

// ordneAnkomne moves them into the register's own table. An arbeidstaker who had no row would be refused. What sorts takes as
// much memory as the cache may, some times over.
var ordneAnkomne = fmt.Sprintf(`
	PRAGMA main.cache_size = -%d;
	INSERT INTO main.arbeidsforhold
		SELECT f.arbeidsforhold_id, f.utstedt_id, f.uuid, f.arbeidstaker, f.arbeidsgiver, f.opplysningspliktig, f.begyntdato,
			f.sluttetdato, f.skjerming, t.nummer, t.navn, f.dok
		FROM temp.arbeidsforhold f LEFT JOIN main.aktoer t ON t.aktoer = f.arbeidstaker ORDER BY +f.arbeidsforhold_id;
	DROP TABLE temp.arbeidsforhold; `, writerCache/12)
