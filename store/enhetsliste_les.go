package store

// treff is a name as a hit.
func (n *enhetsnavn) treff(today Dato) (t *Enhetstreff, err error) {
	t = &Enhetstreff{Orgnr: n.nummer, OrgnrHovedenhet: n.overordnet, Navn: n.tekst, Historisk: n.historisk,
		Enhkode: n.enhkode, EnhtypeBeskr: n.typeBeskr()}
	if n.opphoertPaa(today) {
		t.Opphoersdato = n.opphoersdato
	}
	t.Forretningsadresse, t.Postadresse, err = n.adresser()
	return t, err
}

var (
	enhetstyper = FinnKodeverk(kodeverkEnhetstype)
	landene     = FinnKodeverk(kodeverkLand)
)

// enhetsleser unpacks entries into hits. Their texts are parts of what is unpacked, and all lines of addresses lie together.
type enhetsleser struct {
	koder  *kodebok
	today  Dato
	linjer []string
}

// pakkUt unpacks the first hits: whole matches, then the others, at most Maks.
func (q *enhetssporring) pakkUt(book *kodebok) ([]*Enhetstreff, error) {
	m := q.Minne
	l := enhetsleser{koder: book, today: q.today, linjer: m.linjer[:0]}
	m.enheter, m.enhetene = m.enheter[:0], m.enhetene[:0]
	for i, utvalg := range [][]enhetskopi{m.hele, m.andre} {
		for _, k := range utvalg[:min(len(utvalg), q.Maks-len(m.enhetene))] {
			t := enTil(&m.enheter)
			*t = Enhetstreff{whole: i == 0}
			if err := l.les(&k, t); err != nil {
				return nil, err
			}
			m.enhetene = append(m.enhetene, t)
		}
	}
	m.linjer = l.linjer
	return m.enhetene, nil
}

// les unpacks what packEnhetsnavn packed.
func (l *enhetsleser) les(k *enhetskopi, t *Enhetstreff) error {
	p := peker{s: k.pakke}
	h := p.enhetshode(k.merke)
	t.Orgnr, t.Historisk = enhetsnummer(k.id), h.historisk
	if h.opphoertPaa(l.today) {
		t.Opphoersdato = h.opphoersdato
	}
	a, post := &t.Forretningsadresse, &t.Postadresse
	l.sted(&p, a)
	t.Navn, t.OrgnrHovedenhet = p.text(), p.text()
	form := p.verdi(l.koder)
	t.Enhkode, t.EnhtypeBeskr = form.Kode, enhetstyper.Tekst(form)
	a.Land = landene.Tekst(l.adresse(&p, a))
	if p.number() != 0 {
		l.sted(&p, post)
		l.adresse(&p, post)
	}
	if p.damaged || p.i < len(p.s) {
		return errDok
	}
	return nil
}

func (l *enhetsleser) sted(p *peker, a *Adresse) {
	kommune, postnr := p.enhetssted(l.koder)
	a.Kommunenr, a.Kommune, a.Postnr = kommune.Kode, kommune.Beskrivelse, postnr
}

// adresse reads what packEnhetsadresse wrote, and returns the country as it was delivered.
func (l *enhetsleser) adresse(p *peker, a *Adresse) Kodeverdi {
	a.Poststed = p.text()
	land := p.verdi(l.koder)
	a.Landkode, a.Land = land.Kode, land.Beskrivelse
	first := len(l.linjer)
	for n := p.number(); n > 0 && !p.damaged; n-- {
		l.linjer = append(l.linjer, p.text())
	}
	if first < len(l.linjer) {
		a.Linjer = l.linjer[first:len(l.linjer):len(l.linjer)]
	}
	return land
}
