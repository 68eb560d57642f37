package soap

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
)

// around is the border with somebody around its questions, over real HTTP.
func around(t *testing.T, a Around) *service {
	t.Helper()
	log := new(logBuffer)
	config := testConfig(log)
	config.Around = a
	server := httptest.NewServer(newHandler(config, testOperations))
	t.Cleanup(server.Close)
	return &service{server, log}
}

func TestAroundIsToldOfEveryQuestionAndLetsItThrough(t *testing.T) {
	var told []Question
	s := around(t, func(w http.ResponseWriter, _ *http.Request, q Question, answer func(http.ResponseWriter, error)) {
		told = append(told, q)
		answer(w, nil)
	})
	if diff := cmp.Diff(takerAnswer(nummer, "ny"), s.ask11(t, question11("", taker("<foedselsnr> "+nummer+"</foedselsnr><lovgivning>ny</lovgivning>"))).body()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	if _, kode, _ := s.ask11(t, "<x>").feil(); kode != "ugyldigXml" {
		t.Errorf("a question that is refused is %q", kode)
	}
	want := []Question{{"hentArbeidstaker", map[string]string{"foedselsnr": nummer, "lovgivning": "ny"}}, {}}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAroundAnswersInThePlaceOfAProduct(t *testing.T) {
	var instead error
	s := around(t, func(w http.ResponseWriter, _ *http.Request, _ Question, answer func(http.ResponseWriter, error)) {
		answer(w, instead)
	})
	instead = store.ErrIkkeEntydig
	if got := s.ask11(t, good); got.status != http.StatusOK || got.root.FindElement("//statuskode").Text() != "ikke_entydig" {
		t.Errorf("an outcome is answered with %d %s", got.status, got.body())
	}
	groups := map[string][]string{}
	for _, kode := range Feilkoder() {
		instead = NewFault(kode)
		got := s.ask11(t, good)
		gruppe, gotKode, _ := got.feil()
		if gotKode != kode || got.status != http.StatusInternalServerError {
			t.Errorf("%s is answered with %d %s", kode, got.status, got.body())
		}
		groups[gruppe] = append(groups[gruppe], kode)
	}
	want := map[string][]string{
		"forespoersel": {"ugyldigXml", "ugyldigKonvolutt", "ukjentOperasjon", "ugyldigForespoersel", "forStor"},
		"tilgang":      {"ugyldigBruker", "sesjonUtloept", "ikkeTilgang", "forMangeForespoersler"},
		"system":       {"feilIBackOffice"},
	}
	if diff := cmp.Diff(want, groups); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestEveryFeilkodeCanBeAskedFor: the list is whole.
func TestEveryFeilkodeCanBeAskedFor(t *testing.T) {
	if len(Feilkoder()) != len(feiltekster) {
		t.Errorf("%d feilkoder, %d have a text", len(Feilkoder()), len(feiltekster))
	}
	for kode := range feiltekster {
		if !slices.Contains(Feilkoder(), string(kode)) {
			t.Errorf("%s is not among them", kode)
		}
	}
}
