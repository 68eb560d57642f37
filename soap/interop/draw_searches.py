"""Draws the searches for names.

What exact search finds is counted here. Phonetic search finds that and more: so it is asked in such a way that its
statuskode is certain, and for somebody who must be among the hits.
"""

import collections

from generated import boolean, efnavn, has_words, words

CONSONANTS = "bdfgklmnprst"


def hits(persons, etternavn, fornavn="", mellomnavn=""):
    """Whom exact search finds: all words in one name, in force or former."""
    return [p for p in persons if any(
        has_words(n.etternavn, etternavn) and has_words(n.fornavn, fornavn) and has_words(n.mellomnavn, mellomnavn)
        for n in (p.navn, *p.tidligere))]


def misspelt(name):
    """The name with a consonant doubled that sounds the same: "" for none such."""
    for i in range(1, len(name) - 2):
        before, here, after = name[i - 1:i + 2].lower()
        if here in CONSONANTS and before in "aeiou" and after in "aeiou":
            return name[:i] + name[i] + name[i:]
    return ""


def treffliste_arbeidstaker(draw, most):
    d, ask = draw.data, "hentTrefflisteArbeidstaker"
    there = [p for p in d.personer.values() if not p.vern and d.som_arbeidstaker[p.nummer]]
    common = collections.Counter(word for p in there for word in words(p.navn.etternavn)).most_common(1)[0][0]

    def exact(name, persons, limit=most, maks="", **criteria):
        children = criteria | {"fonetisk": "false"} | ({"maksAntall": maks} if maks else {})
        answer(name, children, len(persons), limit)

    def answer(name, children, found, limit, among=None):
        at = "/arbeidstakere[1]"
        status = "ingen" if found == 0 else "trunkert" if found > limit else "komplett"
        shown = min(found, limit)
        draw.add(ask, name, children, status, {
            f"{at}/antall[1]": shown or None, f"{at}/arbeidstaker[{shown + 1}]/foedselsnr[1]": None}, among)

    every = hits(there, common)
    exact("vanlig_navn", every, etternavn=common)
    exact("vanlig_navn_ti", every, 10, "10", etternavn=common)
    limit = min(most, len(every) - 1)
    answer("vanlig_navn_fonetisk", {"etternavn": common, "fonetisk": "true", "maksAntall": str(limit)}, len(every), limit)

    def of_day(p):
        return [q for q in there if q.foedt == p.foedt]

    p = d.personer[draw.one("fullt navn", (p.nummer for p in every if p.navn.mellomnavn))]
    name = p.navn._asdict()
    exact("fullt_navn", hits(there, **name), **name)
    p = d.personer[draw.persons["tidligere_navn"]]
    former = p.tidligere[0].etternavn
    found = hits(of_day(p), former)
    exact("tidligere_navn", found, etternavn=former, fdato=p.foedt)
    draw.questions[-1]["among"] = {"arbeidstakere/arbeidstaker/foedselsnr": p.nummer, "arbeidstakere/arbeidstaker/etternavn": former}
    p = d.personer[draw.one("skrivemåte", (p.nummer for p in there if misspelt(p.navn.etternavn)))]
    spelt = misspelt(p.navn.etternavn)
    exact("annen_skrivemaate", hits(of_day(p), spelt), etternavn=spelt, fdato=p.foedt)
    # So few were born on that day that the answer cannot be cut.
    children = {"etternavn": spelt, "fdato": p.foedt, "kjoenn": p.kjoenn, "fonetisk": "true"}
    draw.add(ask, "annen_skrivemaate_fonetisk", children, "komplett",
             among={"arbeidstakere/arbeidstaker/foedselsnr": p.nummer, "arbeidstakere/arbeidstaker/etternavn": p.navn.etternavn})
    if number := draw.one("skjermet navn", (p.nummer for p in d.personer.values() if p.vern)):
        p = d.personer[number]
        exact("skjermet", hits(of_day(p), p.navn.etternavn), etternavn=p.navn.etternavn, fdato=p.foedt)
    exact("ingen_har_navnet", [], etternavn="Ingenhetersaa")


def treffliste_arbeidsgiver(draw, most):
    d, ask = draw.data, "hentTrefflisteArbeidsgiver"

    def exact(name, orgnavn, ceased, keep=lambda e: True, among=None, **criteria):
        found = [e for e in d.enheter.values() if keep(e) and (ceased or not e.opphoert or e.opphoert > d.today)
                 and any(has_words(n, orgnavn) for n in (e.navn, *e.tidligere))]
        children = {"orgnavn": orgnavn, **criteria, "inkluderOpphoerte": boolean(ceased), "fonetisk": "false"}
        answer(name, children, len(found), among)

    def answer(name, children, found, among):
        status = "ingen" if found == 0 else "trunkert" if found > most else "komplett"
        draw.add(ask, name, children, status, {
            "/antall[1]": found or None, f"/arbeidsgiver[{min(found, most) + 1}]/orgnr[1]": None}, among)

    units = d.enheter.values()
    common = collections.Counter(word for e in units for word in words(e.navn)).most_common(1)[0][0]
    exact("vanlig_ord", common, False)
    kommune = collections.Counter(e.kommunenr for e in units if e.kommunenr).most_common(1)[0][0]
    exact("vanlig_ord_i_kommune", common, True, lambda e: e.kommunenr == kommune, kommunenr=kommune)
    exact("vanlig_ord_i_fylke", common, True, lambda e: e.kommunenr[:2] == kommune[:2], fylkenr=kommune[:2])
    e = d.enheter[draw.one("tidligere enhetsnavn", (e.orgnr for e in units if e.tidligere))]
    exact("tidligere_navn", e.tidligere[0], True, among={"arbeidsgiver/orgnr": e.orgnr})
    e = d.enheter[draw.one("opphørt enhet", (e.orgnr for e in units if e.opphoert and e.opphoert <= d.today))]
    gone = {"arbeidsgiver/orgnr": e.orgnr, "arbeidsgiver/arbeidssted": ".".join(reversed(e.opphoert.split("-")))}
    exact("opphoert", e.navn, True, among=gone)
    exact("opphoert_uten_opphoerte", e.navn, False)
    # No postal code has so many units that the answer is cut.
    e = d.enheter[draw.one("enhet", (e.orgnr for e in units if e.postnr and not e.opphoert and len(e.navn) <= 35))]
    draw.add(ask, "fonetisk", {"orgnavn": e.navn, "postnr": e.postnr, "inkluderOpphoerte": "true", "fonetisk": "true"}, "komplett",
             among={"arbeidsgiver/orgnr": e.orgnr, "arbeidsgiver/navn": e.navn})
    exact("ingen_har_navnet", "INGENHETERSAA", True)
    employers = [d.personer[n] for n in draw.personlige if not d.personer[n].vern]
    p = d.personer[draw.employers["personlig"]]
    children = {"etternavn": p.navn.etternavn, "fonetisk": "false"}
    answer("personlig", children, len(hits(employers, p.navn.etternavn)),
           {"arbeidsgiver/orgnr": p.nummer, "arbeidsgiver/navn": efnavn(p.navn)})
    draw.add(ask, "personlig_fonetisk", children | {"fornavn": p.navn.fornavn, "fonetisk": "true", "fdato": p.foedt}, "komplett",
             among={"arbeidsgiver/orgnr": p.nummer})
