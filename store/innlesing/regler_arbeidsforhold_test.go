package innlesing_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"

	"aareg/store"
	"aareg/store/kilder"
)

func TestAnExportWithoutHistoryKeepsTheAgreementsThatAreKnown(t *testing.T) {
	whole := formA(48000001, uuid(1), blid, "2021-12", "2020-02 2021-11")
	for name, test := range map[string]struct {
		steg steg
		want string
	}{
		"the open one ends with the month before": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2024-03"))}, "[2024-03-01 ] [2021-12-01 2024-02-29] [2020-01-01 2021-11-30]"},
		"in a full import too": {
			steg{om(whole), omFull(formA(48000001, uuid(1), blid, "2024-03"))}, "[2024-03-01 ] [2021-12-01 2024-02-29] [2020-01-01 2021-11-30]"},
		"one that the new one falls into ends there": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2021-03"))}, "[2021-03-01 ] [2020-01-01 2021-02-28]"},
		"the same one is replaced": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2021-12"))}, "[2021-12-01 ] [2020-01-01 2021-11-30]"},
		"one from before all others replaces them": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2020-01"))}, "[2020-01-01 ]"},
		"two agreements are a history": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2024-03", "2022-01 2024-02"))}, "[2024-03-01 ] [2020-01-01 2024-02-29]"},
		"one that has ended is a history": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2024-03 2024-04"))}, "[2020-01-01 2024-04-30]"},
		"of a shape without numbers": {
			steg{om(whole), om(formB(uuid(1), blid, "2024-03"))}, "[2024-03-01 ] [2021-12-01 2024-02-29] [2020-01-01 2021-11-30]"},
		"agreements that were known in days": {
			steg{om(formD(48000001, blid, "2016-05-09", "2015-01-01 2016-05-08")), om(formA(48000001, uuid(1), blid, "2024-03"))},
			"[2024-03-01 ] [2016-05-09 2024-02-29] [2015-01-01 2016-05-08]"},
		"what was delivered after a whole history is the history": {
			steg{om(whole), om(formA(48000001, uuid(1), blid, "2024-03")), om(whole)}, "[2021-12-01 ] [2020-01-01 2021-11-30]"},
	} {
		t.Run(name, func(t *testing.T) {
			want := []string{"48000001 000000000001 " + blid + " " + test.want}
			if diff := cmp.Diff(want, etter(t, test.steg).jobber()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestTheFirstAgreementThatIsKnownBeginsNoEarlierForAnExportWithoutHistory(t *testing.T) {
	r := etter(t, steg{om(formA(48000001, uuid(1), blid, "2024-03"))})
	want := []string{"48000001 000000000001 " + blid + " [2020-01-01 ]"}
	if diff := cmp.Diff(want, r.jobber()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestAnArbeidsforholdIsTheSameInAllShapes(t *testing.T) {
	a, b, d := formA(48000001, uuid(1), blid), formB(uuid(1), blid), formD(48000001, blid)
	other := formD(48000002, ulv)
	for name, test := range map[string]struct {
		steg steg
		want []string
	}{
		"A and then B by the uuid":                   {steg{om(a), om(b)}, []string{"48000001 000000000001 " + blid}},
		"A and then D by the number":                 {steg{om(a), om(d)}, []string{"48000001 000000000001 " + blid}},
		"D, and A tells the uuid":                    {steg{om(d), om(a)}, []string{"48000001 000000000001 " + blid}},
		"D, and A in the same file":                  {steg{om(d, a)}, []string{"48000001 000000000001 " + blid}},
		"D and then A in a full import":              {steg{om(d), omFull(a)}, []string{"48000001 000000000001 " + blid}},
		"A, and a full import of D keeps the uuid":   {steg{om(a), omFull(d)}, []string{"48000001 000000000001 " + blid}},
		"A, and a full import of B keeps the number": {steg{om(a), omFull(b)}, []string{"48000001 000000000001 " + blid}},
		"B gets a number":                            {steg{om(b)}, []string{"minted 000000000001 " + blid}},
		"B, and A delivers the number":               {steg{om(b), om(a)}, []string{"48000001+minted 000000000001 " + blid}},
		"B, and a full import of A":                  {steg{om(b), omFull(a)}, []string{"48000001+minted 000000000001 " + blid}},
		"B and A in one full import":                 {steg{om(b), omFull(b, a)}, []string{"48000001+minted 000000000001 " + blid}},
		"B and D are two until A joins them":         {steg{om(b), om(d)}, []string{"48000001  " + blid, "minted 000000000001 " + blid}},
		"B and D, and A joins them":                  {steg{om(b, d), om(a)}, []string{"48000001+minted 000000000001 " + blid}},
		"B and D, and A joins them in a full import": {steg{om(b, d), omFull(b, d, a)}, []string{"48000001+minted 000000000001 " + blid}},
		"two stay two":                               {steg{om(d, other), om(a)}, []string{"48000001 000000000001 " + blid, "48000002  " + ulv}},
	} {
		t.Run(name, func(t *testing.T) {
			r := etter(t, test.steg)
			if diff := cmp.Diff(test.want, r.jobber()); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			sameOnce(t, r, "kode") // codes stay when what had them has gone
		})
	}
}

func TestAMintedNumberFindsForEver(t *testing.T) {
	a, b := formA(48000001, uuid(1), blid), formB(uuid(1), blid)
	r := etter(t, steg{om(b)})
	var minted int64
	r.read(func(tx *store.Tx) error {
		return tx.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error { minted = a.UtstedtId; return nil })
	})
	if minted < 1_000_000_000 || minted > 1<<31-1 {
		t.Fatalf("minted %d", minted)
	}
	for _, step := range []struct {
		name string
		do   func(*register)
	}{
		{"the same again", om(b)},
		{"a full import", omFull(b)},
		{"another full import, with one before it", omFull(formB(uuid(2), ulv), b)},
		{"an import of its export", func(*register) { r = r.again() }},
		{"a full import of its export", func(*register) { r.take(r.export(), full) }},
		{"the number is delivered", om(a)},
		{"a full import without number", omFull(b)},
		{"a full import with number", omFull(a)},
		{"another export", func(*register) { r = r.again() }},
	} {
		step.do(r)
		r.read(func(tx *store.Tx) error {
			found, err := tx.Arbeidsforhold("", minted)
			if err == nil && (found == nil || found.UUID != uuid(1)) {
				t.Errorf("after %s the number does not find it", step.name)
			}
			return err
		})
	}
	if diff := cmp.Diff([]string{"48000001+minted 000000000001 " + blid}, r.jobber()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestRowsThatWereReplacedAreNotImported(t *testing.T) {
	past := obj{"fom": "2020-02-01T00:00:00", "tom": "2021-03-04T05:06:07.89"}
	a := formA(48000001, uuid(1), blid)
	superseded := formA(48000002, uuid(2), ulv).with(obj{"bruksperiode": past})
	r := etter(t, steg{om(a.with(obj{"bruksperiode": obj{"fom": "2021-03-04T05:06:07.89", "tom": nil}}), superseded)})
	if diff := cmp.Diff([]string{"48000001 000000000001 " + blid}, r.jobber()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	// What is known is not undone by the row that it has replaced.
	om(a.with(obj{"bruksperiode": past, "ansettelsesperiode": obj{"startdato": "1999-01-01"}}))(r)
	r.read(func(tx *store.Tx) error {
		known, err := tx.Arbeidsforhold(uuid(1), 0)
		if err == nil && known.Ansettelsesperiode.Startdato != 20200101 {
			t.Errorf("begins on %s", known.Ansettelsesperiode.Startdato)
		}
		return err
	})
}

func TestTwoKindsOfLeaveUnderOneIdAreTwoLeaves(t *testing.T) {
	text, err := os.ReadFile(kildedata + "/v2/to_permisjoner_samme_id.json")
	if err != nil {
		t.Fatal(err)
	}
	r := newRegister(t)
	for _, mode := range []func(*register){
		func(r *register) { r.take([]string{string(text)}) },
		func(r *register) { r.take([]string{string(text)}) },
		func(r *register) { r.take([]string{string(text)}, full) },
		func(*register) { r = r.again() },
	} {
		mode(r)
		var got []string
		r.read(func(tx *store.Tx) error {
			return tx.AlleArbeidsforhold(func(a *store.Arbeidsforhold) error {
				for _, p := range a.Permisjoner {
					got = append(got, p.ID+" "+p.Type.Kode+" "+string(p.Prosent))
				}
				return nil
			})
		})
		want := []string{"17 utdanningspermisjonLovfestet 50.0", "17 utdanningspermisjon 25.0"}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func TestTheNumberOfAnotherArbeidsforholdIsRefused(t *testing.T) {
	r := etter(t, steg{om(formA(48000001, uuid(1), blid))})
	before := r.dump()
	_, err := r.try(lines(formA(48000001, uuid(2), ulv)))
	var bad *kilder.Feil
	if !asFeil(err, &bad) {
		t.Fatalf("error %v", err)
	}
	if diff := diff(before, r.dump()); diff != "" {
		t.Errorf("(-before +after):\n%s", diff)
	}
}
