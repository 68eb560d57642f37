package oppslag

import (
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store/logg"
)

// TestLongAnswersAreShownPageByPage: 50 rows a page, a thousand in all, each once; each page is a question of its own, and
// is logged with whom it shows.
func TestLongAnswersAreShownPageByPage(t *testing.T) {
	s := nyMedKonsumenter(t)
	s.konsument(t, etat, "etat", nil)
	k := s.klient(t)
	k.inn(t, "etat")
	for product, asked := range map[string]url.Values{
		"hentTrefflisteArbeidstaker": felter("etternavn", "Mengdal", "fonetisk", "false"),
		"hentTrefflisteArbeidsgiver": felter("orgnavn", "Borettslag", "inkluderOpphoerte", "false", "fonetisk", "false"),
		"hentArbeidsgiver":           felter("arbeidsgiverId", "220000036"),
	} {
		seen, shown, logged, before := map[string]bool{}, map[uint64]bool{}, map[uint64]bool{}, len(s.rader(t))
		p := k.post(t, "/oppslag/"+product, asked)
		first := p.sti
		for nr := 1; nr <= 20; nr++ {
			for _, row := range p.all("//div[@class='svar']//table/tbody/tr") {
				seen[row] = true
				for _, nr := range regexp.MustCompile(`\b[0-9]{11}\b`).FindAllString(row, -1) {
					person, _ := strconv.ParseUint(nr, 10, 64)
					shown[person] = true
				}
			}
			ways := map[string]string{}
			for _, a := range p.dok.FindElements("//nav[@class='sider']/a") {
				ways[a.SelectAttrValue("rel", "")] = a.SelectAttrValue("href", "")
			}
			want := map[string]string{"prev nofollow": sideAv(first, nr-1), "next nofollow": sideAv(first, nr+1)}
			switch nr {
			case 1:
				delete(want, "prev nofollow")
			case 20:
				delete(want, "next nofollow")
			}
			if diff := cmp.Diff(want, ways); diff != "" || len(seen) != 50*nr || p.statuskode() != "trunkert" {
				t.Fatalf("%s: page %d: %d rows so far, %s, ways (-want +got):\n%s", product, nr, len(seen), p.statuskode(), diff)
			}
			p = k.hent(t, sideAv(first, nr+1))
		}
		rows := slices.DeleteFunc(s.rader(t)[before:], func(r *logg.Rad) bool { return r.Rettighet == "bemanning" })
		for i, r := range rows[:20] {
			for _, person := range r.Personer {
				logged[person] = true
			}
			if hopp := hoppAv(r); r.Antall != 50 || hopp != 50*i {
				t.Errorf("%s: page %d is logged with %d after %d", product, i+1, r.Antall, hopp)
			}
		}
		if diff := cmp.Diff(shown, logged); diff != "" || hoppAv(rows[20]) != 0 {
			t.Errorf("%s: page 21 begins after %d; persons (-shown +logged):\n%s", product, hoppAv(rows[20]), diff)
		}
	}
}

// sideAv is the address of a page of an answer.
func sideAv(first string, nr int) string {
	if nr == 1 {
		return first
	}
	return first + "?side=" + strconv.Itoa(nr)
}

// hoppAv is how many rows of the answer the audit log says were passed over.
func hoppAv(r *logg.Rad) (n int) {
	for _, p := range r.Parametre {
		if p.Tag == "hopp" {
			n, _ = strconv.Atoi(p.Verdi)
		}
	}
	return n
}

// TestMaksAntallIsHeldPageByPage: whoever wants 70 gets 50 and 20.
func TestMaksAntallIsHeldPageByPage(t *testing.T) {
	k := nyTjeneste(t).klient(t)
	p := k.post(t, "/oppslag/hentTrefflisteArbeidstaker", felter("etternavn", "Mengdal", "fonetisk", "false", "maksAntall", "70"))
	rows := func(p paa) int { return len(p.all("//div[@class='svar']//table/tbody/tr")) }
	next := k.hent(t, sideAv(p.sti, 2))
	third := k.hent(t, sideAv(p.sti, 3))
	if rows(p) != 50 || rows(next) != 20 || next.first("//nav[@class='sider']/span") != "Side 2" || next.attr("//nav[@class='sider']/a", "href") != p.sti ||
		len(next.all("//nav[@class='sider']/a")) != 1 || !strings.Contains(next.first("//title"), ", side 2 –") || third.first("//nav[@class='sider']/span") != "Side 1" {
		t.Errorf("%d rows, then %d, then %s", rows(p), rows(next), third.first("//nav[@class='sider']/span"))
	}
	if short := k.post(t, "/oppslag/hentTrefflisteArbeidstaker", felter("etternavn", "Mengdal", "fonetisk", "false", "maksAntall", "20")); rows(short) != 20 ||
		len(short.all("//nav[@class='sider']")) != 0 {
		t.Errorf("20 are %d", rows(short))
	}
}

// TestLastPageSaysSo: it has the end of an answer, and not all of it.
func TestLastPageSaysSo(t *testing.T) {
	for kode, want := range map[string]string{"komplett": "Siste side", "trunkert": "Avkortet"} {
		words, tekst := statusAv(kode), "Alle opplysninger som ble funnet, er med i svaret."
		(&sidene{Side: 3, Forrige: 2}).ord(&words, &tekst)
		if words.Tekst != want || kode == "komplett" && strings.HasPrefix(tekst, "Alle") {
			t.Errorf("%s: %s: %s", kode, words.Tekst, tekst)
		}
	}
}

// TestPagesGoAsFarAsLimitsDo: in whole pages, and where there are lists alone.
func TestPagesGoAsFarAsLimitsDo(t *testing.T) {
	for _, c := range []struct {
		product    string
		limit      int
		maksAntall string
		want       int
	}{
		{"hentArbeidsgiver", 1000, "", 20}, {"hentArbeidsgiver", 120, "", 2}, {"hentArbeidsgiver", 20, "", 1}, {"hentArbeidstaker", 1000, "", 1},
		{"hentTrefflisteArbeidstaker", 1000, "70", 2}, {"hentTrefflisteArbeidstaker", 1000, "50", 1}, {"hentTrefflisteArbeidstaker", 70, "", 1},
	} {
		o := &Oppslag{config: Config{Rader: 50, MaksArbeidsforhold: c.limit, MaksTreff: c.limit}}
		if got := o.sisteSide(spoersmaal{produkt: &Produkt{Navn: c.product}, felter: map[string]string{"maksAntall": c.maksAntall}}); got != c.want {
			t.Errorf("%s, at most %d, asked for %q: %d pages, want %d", c.product, c.limit, c.maksAntall, got, c.want)
		}
	}
}
