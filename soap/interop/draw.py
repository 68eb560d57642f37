"""Draws questions about a generated register, and says what each answer must be.

A question is one of questions.json with what the data says of its answer beside it: the statuskode, leaves by path
(null: there is no such leaf; THERE: one with any text), and texts that an entry of a list must have. The
same register gives the same questions.
"""

import json
import random
import sys

import draw_searches
from generated import Generated, boolean, efnavn, parties

MAKS_ARBEIDSFORHOLD, MAKS_TREFF = 10_000, 1000
LEAST, WHOLE = 3000, 300_000  # persons; a register of fewer than WHOLE may lack some of what is asked for
ID = "/arbeidsforhold[1]/arbeidsforhold[1]"
LISTE = "/arbeidsforholdListe[1]"
THERE = {"there": True}  # a leaf with whatever text


class Draw:
    def __init__(self, data, dice):
        self.data, self.dice = data, dice
        self.questions, self.lacking = [], []
        self.personlige = sorted(n for n in data.som_arbeidsgiver if n in data.personer)
        self.gamle = sorted(n for n in data.som_arbeidsgiver if n not in data.personer and n not in data.enheter)
        self.persons, self.employers = {}, {}

    def add(self, operation, name, children, statuskode, leaves=None, among=None):
        stated = {path: text if text is None or text is THERE else str(text) for path, text in (leaves or {}).items()}
        self.questions.append({"operation": operation, "name": name, "children": children, "statuskode": statuskode,
                               "leaves": stated, "among": among or {}})

    def one(self, name, candidates):
        """One of them, None for none, which is told."""
        candidates = sorted(candidates)
        if not candidates:
            self.lacking.append(name)
            return None
        return self.dice.choice(candidates)

    def choose(self):
        """Who is asked about. Of all that is chosen here, the arbeidsforhold are looked at closely."""
        d = self.data
        taker = [p for p in d.personer.values() if d.som_arbeidstaker[p.nummer]]
        for name, fits in {
            "ett_arbeidsforhold": lambda p, n: n == 1,
            "flere_arbeidsforhold": lambda p, n: n >= 6 and 0 < d.aktive[p.nummer] < n,
            "bare_avsluttede": lambda p, n: n >= 2 and not d.aktive[p.nummer],
            "d_nummer": lambda p, n: p.dnr,
            "tidligere_nummer": lambda p, n: p.tidligere_numre,
            "tidligere_navn": lambda p, n: p.tidligere,
            "doed": lambda p, n: p.doed,
        }.items():
            self.persons[name] = self.one(name, (p.nummer for p in taker if fits(p, d.som_arbeidstaker[p.nummer])))
        under = {e.orgnr: d.som_arbeidsgiver[e.orgnr] for e in d.enheter.values() if e.form in ("BEDR", "AAFY")}
        self.employers["stoerste"] = max(under, key=under.get)
        del under[self.employers["stoerste"]]
        for size in (1, 10, 100, 1000, MAKS_ARBEIDSFORHOLD):
            self.employers[f"underenhet_{size}"] = nearest = min(under, key=lambda u: (abs(under[u] - size), u))
            del under[nearest]
        self.employers["uten_arbeidsforhold"] = self.one("uten_arbeidsforhold", (u for u, n in under.items() if n == 0))
        self.employers["opphoert_underenhet"] = self.one("opphoert_underenhet", (
            u for u, n in under.items() if n and d.enheter[u].opphoert))
        self.employers["direkte"] = self.one("direkte", (
            e.orgnr for e in d.enheter.values() if e.form not in ("BEDR", "AAFY") and d.som_arbeidsgiver[e.orgnr]))
        self.employers["personlig"] = self.one("personlig", self.personlige)
        self.employers["gammel_9_siffer"] = self.one("gammel_9_siffer", (n for n in self.gamle if len(n) == 9))
        self.employers["gammel_11_siffer"] = self.one("gammel_11_siffer", (n for n in self.gamle if len(n) == 11))
        over = {e.over for e in d.enheter.values() if e.form in ("BEDR", "AAFY")}
        self.hovedenhet = self.one("hovedenhet", {d.enheter[o].over for o in over if o in d.enheter and d.enheter[o].form == "ORGL"})
        self.tree = d.under(self.hovedenhet) if self.hovedenhet else []
        chosen = [n for n in self.employers.values() if n]
        d.look_closely([n for n in self.persons.values() if n], chosen + self.tree)

    def ask_all(self):
        self.antall_arbeidstakere()
        self.arbeidsgiver()
        self.arbeidstaker()
        self.arbeidsforhold()
        draw_searches.treffliste_arbeidstaker(self, MAKS_TREFF)
        draw_searches.treffliste_arbeidsgiver(self, MAKS_TREFF)

    def aktive_personer(self, units):
        """How many persons work there today, each once."""
        d = self.data
        return len({r.arbeidstaker for u in units for r in d.rader[u] if d.active(r.begynt, r.sluttet)})

    def antall_arbeidstakere(self):
        d, ask = self.data, "hentAntallArbeidstakere"
        for name in ("stoerste", "underenhet_100", "opphoert_underenhet", "uten_arbeidsforhold"):
            if orgnr := self.employers[name]:
                e = d.enheter[orgnr]
                ceased = bool(e.opphoert) and e.opphoert <= d.today
                self.add(ask, name, {"orgnr": orgnr}, "komplett", {
                    "/orgnr[1]": orgnr, "/navn[1]": e.navn, "/orgnrHovedenhet[1]": e.over, "/Kommunenr[1]": e.kommunenr,
                    "/enhkode[1]": e.form, "/oppfoert[1]": boolean(ceased),
                    "/arbeidstakere[1]": 0 if ceased else self.aktive_personer([orgnr])})
        if orgnr := self.hovedenhet:
            self.add(ask, "hovedenhet", {"orgnr": orgnr}, "komplett", {
                "/orgnr[1]": orgnr, "/navn[1]": d.enheter[orgnr].navn, "/arbeidstakere[1]": self.aktive_personer(self.tree)})
        if number := self.employers["personlig"]:
            p = d.personer[number]
            self.add(ask, "personlig", {"orgnr": number}, "komplett", {
                "/orgnr[1]": number, "/navn[1]": efnavn(p.navn), "/kjoenn[1]": p.kjoenn, "/alder[1]": d.alder(p),
                "/fadresse1[1]": "", "/arbeidstakere[1]": self.aktive_personer([number])})
        if number := self.employers["gammel_9_siffer"]:
            self.add(ask, "gammel_9_siffer", {"orgnr": number}, "ingen")
        self.add(ask, "ingen_har_nummeret", {"orgnr": self.unknown_orgnr()}, "ingen")

    def unknown_orgnr(self):
        return next(str(n) for n in range(299_999_904, 0, -1) if str(n) not in self.data.enheter)

    def rows(self, rows, found, total, person):
        """What a list must have: its counts, the first row, and the last one as such."""
        d, one_more = self.data, f"{LISTE}/arbeidsforhold[{len(rows) + 1}]/arbeidsforholdId[1]"
        leaves = {f"{LISTE}/antall[1]": len(rows), one_more: None}
        if not person:
            leaves[f"{LISTE}/antallTot[1]"] = total
        if rows:
            first, at = rows[0], f"{LISTE}/arbeidsforhold[1]"
            leaves |= {f"{at}/arbeidsforholdId[1]": first.id, f"{at}/agArbeidsforholdId[1]": first.agid,
                       f"{at}/begyntdato[1]": first.begynt, f"{at}/sluttetdato[1]": first.sluttet,
                       f"{at}/arbeidsforholdstype[1]": first.type,
                       f"{at}/arbeidsforholdInnrapportertEtterAOrdningen[1]": boolean(first.ny),
                       f"{at}/{'A' if person else 'a'}rbeidstaker[1]/efnavn[1]": efnavn(d.personer[first.arbeidstaker].navn),
                       f"{LISTE}/arbeidsforhold[{len(rows)}]/arbeidsforholdId[1]": rows[-1].id}
            if first.yrke is not None:
                leaves[f"{at}/arbeidsavtaler[1]/arbeidsavtale[1]/yrkeskode[1]"] = first.yrke
            if not person:
                leaves[f"{at}/arbeidstaker[1]/arbeidstakerId[1]"] = first.arbeidstaker
        return leaves

    def employer(self, name, number, keep=lambda r: True, **criteria):
        """A question of hentArbeidsgiver, of somebody who has a list."""
        d = self.data
        there = d.rader[number]
        found = [r for r in there if keep(r)]
        leaves = {"/orgnr[1]": number, "/arbeidstakere[1]": boolean(any(d.active(r.begynt, r.sluttet) for r in there)),
                  "/historikk[1]": boolean(any(r.sluttet and r.sluttet < d.today for r in there))}
        if number in d.enheter:
            e = d.enheter[number]
            leaves |= {"/navn[1]": e.navn, "/orgnrHovedenhet[1]": e.over, "/enhkode[1]": e.form, "/kommunenr[1]": e.kommunenr,
                       "/oppoert[1]": boolean(e.opphoert and e.opphoert <= d.today)}
        elif number in d.personer:
            leaves |= {"/navn[1]": efnavn(d.personer[number].navn), "/oppoert[1]": "false", "/fpostnr[1]": ""}
        else:
            leaves["/oppoert[1]"] = "true"
        leaves |= self.rows(found[:MAKS_ARBEIDSFORHOLD], len(found), len(there), person=False)
        status = "trunkert" if len(found) > MAKS_ARBEIDSFORHOLD else "komplett"
        self.add("hentArbeidsgiver", name, {"arbeidsgiverId": number} | criteria, status, leaves)

    def arbeidsgiver(self):
        d, ask = self.data, "hentArbeidsgiver"
        for name, number in self.employers.items():
            if number:
                self.employer(name, number)
        active, ended = lambda r: d.active(r.begynt, r.sluttet), lambda r: r.sluttet and r.sluttet < d.today
        unit = self.employers["underenhet_1000"]
        self.employer("aktive", unit, active, statusArbeidsforhold="aktive")
        self.employer("opphoerte_gammel_lov", unit, lambda r: ended(r) and not r.ny,
                      statusArbeidsforhold="opphoert", lovgivning="gammel")
        self.employer("i_et_aar", unit, lambda r: r.begynt <= "2019-12-31" and (not r.sluttet or r.sluttet >= "2019-01-01"),
                      datofra="2019-01-01", datotil="2019-12-31")
        self.employer("stoerste_sluttet_nylig", self.employers["stoerste"], lambda r: ended(r) and r.sluttet >= "2025-09-01",
                      statusArbeidsforhold="opphoert", datofra="2025-09-01")
        if orgnr := self.hovedenhet:
            below = sorted(e.orgnr for e in d.enheter.values() if e.over == orgnr)
            at = "/underenheter[1]/underenhet"
            self.add(ask, "hovedenhet", {"arbeidsgiverId": orgnr}, "komplett", {
                "/navn[1]": d.enheter[orgnr].navn, "/underenheter[1]/antall[1]": len(below), f"{at}[1]/orgnr[1]": below[0],
                f"{at}[1]/navn[1]": d.enheter[below[0]].navn, f"{at}[{len(below)}]/orgnr[1]": below[-1], f"{LISTE}/antall[1]": None})
        if number := self.one("skjermet_arbeidsgiver", d.skjult_arbeidsgiver):
            self.add(ask, "skjermet_arbeidsgiver", {"arbeidsgiverId": number}, "ingen")
        self.add(ask, "ingen_har_nummeret", {"arbeidsgiverId": self.unknown_orgnr()}, "ingen")

    def employee(self, name, number, asked=None, keep=lambda r: True, **criteria):
        """A question of hentArbeidstaker."""
        d, found = self.data, [r for r in self.data.egne[number] if keep(r)]
        p = d.personer[number]
        leaves = {"/foedselsnr[1]": number, "/etternavn[1]": p.navn.etternavn, "/fornavn[1]": p.navn.fornavn,
                  "/mellomnavn[1]": p.navn.mellomnavn, "/kjoenn[1]": p.kjoenn, "/alder[1]": d.alder(p)}
        leaves |= self.rows(found, len(found), len(found), person=True)
        self.add("hentArbeidstaker", name, {"foedselsnr": asked or number} | criteria, "komplett", leaves)

    def arbeidstaker(self):
        d, ask = self.data, "hentArbeidstaker"
        for name, number in self.persons.items():
            if number:
                asked = d.personer[number].tidligere_numre[0] if name == "tidligere_nummer" else None
                self.employee(name, number, asked)
        several = self.persons["flere_arbeidsforhold"]
        next(q for q in self.questions if q["name"] == "flere_arbeidsforhold")["sabotage"] = True
        self.employee("aktive", several, keep=lambda r: d.active(r.begynt, r.sluttet), statusArbeidsforhold="aktiv")
        self.employee("ny_lov", several, keep=lambda r: r.ny, lovgivning="ny")
        for grade in ("FORTROLIG", "STRENGT_FORTROLIG", "STRENGT_FORTROLIG_UTLAND"):
            name = "skjermet_" + grade.lower()
            if number := self.one(name, (p.nummer for p in d.personer.values() if p.vern == grade)):
                self.add(ask, name, {"foedselsnr": number}, "ingen")
        self.add(ask, "ingen_har_nummeret", {"foedselsnr": self.unknown_person()}, "ingen")

    def unknown_person(self):
        """A foedselsnummer that keeps the rules, of a day on which nobody here was born."""
        for serial in range(500):
            number = [int(c) for c in f"018110{serial:03}"]
            for weights in ((3, 7, 6, 1, 8, 9, 4, 5, 2), (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)):
                number.append(-sum(w * n for w, n in zip(weights, number)) % 11)
            if 10 not in number and (text := "".join(map(str, number))) not in self.data.by_number:
                return text
        raise SystemExit("draw: no number is free")

    def arbeidsforhold(self):
        d, ask = self.data, "hentArbeidsforhold"
        for name in ("ordinaert", "maritimt", "mange_avtaler", "timeloennet", "permisjon", "permittert", "utenlandsopphold",
                     "begynt_foer_2015", "foer_a_ordningen", "foer_a_ordningen_uten_detaljer", "annen_id_foer", "framtidig",
                     "annet", "personlig_arbeidsgiver", "gammel_arbeidsgiver"):
            if record := d.slag.get(name):
                self.add(ask, name, {"arbeidsforholdId": str(record["navArbeidsforholdId"])}, "komplett", self.all_of(record))
            else:
                self.lacking.append(name)
        record = d.slag["ordinaert"]
        self.add(ask, "ledende_nuller", {"arbeidsforholdId": f"{record['navArbeidsforholdId']:018}"}, "komplett",
                 self.all_of(record))
        if record := d.slag.get("skjermet"):
            self.add(ask, "skjermet", {"arbeidsforholdId": str(record["navArbeidsforholdId"])}, "ingen")
        else:
            self.lacking.append("skjermet arbeidsforhold")
        self.add(ask, "ingen_har_nummeret", {"arbeidsforholdId": "1"}, "ingen")

    def all_of(self, record):
        """What the answer about an arbeidsforhold must have: who, when, the newest agreement, and how many of each."""
        d, period = self.data, record["ansettelsesperiode"]
        employee, employer, reporter = parties(record)
        details = record.get("ansettelsesdetaljer", [])
        ny = record["rapporteringsordning"]["kode"] == "A_ORDNINGEN"
        leaves = {f"{ID}/arbeidsforholdId[1]": record["navArbeidsforholdId"],
                  f"{ID}/agArbeidsforholdId[1]": record.get("id", ""),
                  f"{ID}/arbeidsgiver[1]/arbeidsgiverId[1]": employer, f"{ID}/opplysningspliktig[1]/orgnr[1]": reporter,
                  f"{ID}/Arbeidstaker[1]/efnavn[1]": efnavn(d.personer[employee].navn),
                  f"{ID}/Arbeidstaker[1]/arbeidstakerId[1]": employee,
                  f"{ID}/begyntdato[1]": period["startdato"], f"{ID}/sluttetdato[1]": period.get("sluttdato", ""),
                  f"{ID}/registrertFoersteGang[1]": record["opprettet"][:10],
                  f"{ID}/datoSistBekreftet[1]": record["sistBekreftet"][:10],
                  f"{ID}/arbeidsforholdstype[1]": record["type"]["beskrivelse"],
                  f"{ID}/arbeidsforholdInnrapportertEtterAOrdningen[1]": boolean(ny)}
        if employer in d.enheter:
            leaves[f"{ID}/arbeidsgiver[1]/navn[1]"] = d.enheter[employer].navn
        if details:
            newest, at = details[0], f"{ID}/arbeidsavtaler[1]/arbeidsavtale[1]"
            leaves |= {f"{at}/yrkeskode[1]": newest.get("yrke", {}).get("kode", ""),
                       f"{at}/stillingsprosent[1]": newest.get("avtaltStillingsprosent", ""),
                       f"{at}/sisteLoennsendringsdato[1]": newest.get("sisteLoennsendring", ""),
                       f"{at}/skipstype[1]": newest["fartoeystype"]["beskrivelse"] if "fartoeystype" in newest else None}
        leaves = self.as_many(f"{ID}/arbeidsavtaler[1]/arbeidsavtale", "/yrkeskode[1]", len(details)) | leaves
        hours = record.get("timerMedTimeloenn", [])
        leaves |= self.as_many(f"{ID}/antallTimerForTimelønnet[1]/timerIPerioden", "/antallTimer[1]", len(hours))
        if hours:
            leaves[f"{ID}/antallTimerForTimelønnet[1]/timerIPerioden[1]/antallTimer[1]"] = hours[0]["antall"]
        leaves |= self.as_many(f"{ID}/permisjonOgPermittering[1]/permisjonOgPermitteringIPeriode", "/permisjonsId[1]",
                               len(record.get("permisjoner", []) + record.get("permitteringer", [])))
        return leaves | self.as_many(f"{ID}/utenlandsopphold[1]/utenlandsoppholdIPeriode", "/land[1]",
                                     len(record.get("utenlandsopphold", [])))

    @staticmethod
    def as_many(path, leaf, count):
        """A list has so many entries: the last one is there, in some words, and none after it."""
        return ({f"{path}[{count}]{leaf}": THERE} if count else {}) | {f"{path}[{count + 1}]{leaf}": None}


def log_in(header, login):
    """The header blocks with this login in them, and the login for HTTP Basic, with which those ask who send no blocks."""
    with open(login, encoding="utf-8") as lines:
        basic = dict(zip(("brukernavn", "passord"), lines.read().splitlines()))
    return {"header": header | {"Brukersesjon": header["Brukersesjon"] | basic}, "basic": basic}


def main(program, persons, today, header, login, out):
    if int(persons) < LEAST:
        sys.exit(f"draw: a register of fewer than {LEAST} persons has too little to ask about")
    dice = random.Random(4)
    draw = Draw(Generated(program, int(persons), today, dice), dice)
    draw.choose()
    draw.ask_all()
    with open(header, encoding="utf-8") as asked, open(out, "w", encoding="utf-8") as questions:
        json.dump(log_in(json.load(asked)["header"], login) | {"questions": draw.questions}, questions)
    codes = [q["statuskode"] for q in draw.questions]
    print(f"{len(codes)} questions, of which", ", ".join(f"{codes.count(code)} {code}" for code in sorted(set(codes))))
    if draw.lacking:
        print("the register has nothing to ask about for:", ", ".join(draw.lacking))
    return bool(draw.lacking) and int(persons) >= WHOLE


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
