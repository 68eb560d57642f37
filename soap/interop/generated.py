"""Reads what aareg generate writes, twice: all that is asked about is first found, and then looked at closely.

What the register must answer is worked out here from the delivered JSON, by other means than aareg's own.
"""

import collections
import datetime
import json
import re
import subprocess
import unicodedata

Navn = collections.namedtuple("Navn", "etternavn fornavn mellomnavn")
Person = collections.namedtuple("Person", "nummer navn tidligere kjoenn foedt doed vern dnr tidligere_numre")
Enhet = collections.namedtuple("Enhet", "orgnr navn tidligere form over kommunenr postnr opphoert")
Rad = collections.namedtuple("Rad", "begynt id sluttet ny arbeidstaker agid type yrke")  # of a list


def efnavn(navn):
    """A name in one, as answers have it."""
    return " ".join(part for part in (navn.etternavn, navn.mellomnavn, navn.fornavn) if part)


def boolean(is_so):
    """True and false as answers have them."""
    return "true" if is_so else "false"


def words(name):
    """The words of a name as exact search compares them."""
    folded = unicodedata.normalize("NFC", name.casefold())
    return [word for word in re.split(r"[\s\-]+", folded) if word]


def has_words(name, asked):
    """Whether a name has all words asked for, in any order."""
    return set(words(asked)) <= set(words(name))


def current_and_former(entries, value):
    """Of a list of PDL: what is in force, and what is not any more."""
    current = [value(e) for e in entries if not e["metadata"]["historisk"]]
    return current[0], [value(e) for e in entries if e["metadata"]["historisk"]]


def to_person(record):
    """A person as PDL has it."""
    p = record["hentPerson"]
    name, former = current_and_former(p["navn"], lambda n: Navn(n["etternavn"], n["fornavn"], n["mellomnavn"] or ""))
    number, numbers = current_and_former(p["folkeregisteridentifikator"], lambda n: (n["identifikasjonsnummer"], n["type"]))
    return Person(number[0], name, former, p["kjoenn"][0]["kjoenn"][0], p["foedselsdato"][0]["foedselsdato"],
                  p["doedsfall"][0]["doedsdato"] if p["doedsfall"] else "",
                  next((a["gradering"] for a in p["adressebeskyttelse"] if a["gradering"] != "UGRADERT"), ""),
                  number[1] == "DNR", [n for n, _ in numbers])


def to_enhet(record):
    """A unit as Enhetsregisteret has it; of a deleted one little is told."""
    address = record.get("beliggenhetsadresse") or record.get("forretningsadresse") or {}
    return Enhet(record["organisasjonsnummer"], record["navn"], [n["navn"] for n in record.get("historiskeNavn", [])],
                 record["organisasjonsform"]["kode"], record.get("overordnetEnhet", ""), address.get("kommunenummer", ""),
                 address.get("postnummer", ""), record.get("slettedato") or record.get("nedleggelsesdato", ""))


def party(part):
    """The number that a party of an arbeidsforhold is told by."""
    numbers = [i for i in part["identer"] if i["type"] != "AKTORID" and i.get("gjeldende", True)]
    return numbers[0]["ident"]


def parties(record):
    """Employee, employer and opplysningspliktig."""
    return party(record["arbeidstaker"]), party(record["arbeidssted"]), party(record["opplysningspliktig"])


class Generated:
    """The register: units and persons as they are, of arbeidsforhold what is counted, and one of each kind."""

    def __init__(self, program, persons, today, dice):
        self.program, self.count, self.today, self.dice = program, persons, today, dice
        self.enheter, self.personer, self.by_number = {}, {}, {}
        self.som_arbeidsgiver = collections.Counter()  # arbeidsforhold that anybody may see, by employer
        self.som_arbeidstaker = collections.Counter()
        self.aktive = collections.Counter()  # by employee
        self.skjult_arbeidsgiver = set()  # protected personal employers
        self.slag, self.slag_antall = {}, collections.Counter()  # one arbeidsforhold of each kind, and how many there are
        for record in self.stream():
            if "hentPerson" in record:
                self.add_person(to_person(record))
            elif "organisasjonsnummer" in record:
                enhet = to_enhet(record)
                self.enheter[enhet.orgnr] = enhet
            else:
                self.add_arbeidsforhold(record)

    def stream(self):
        """What is generated, record by record: the same ones every time."""
        generate = [self.program, "generate", "--persons", str(self.count)]
        with subprocess.Popen(generate, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
            for line in process.stdout:
                yield json.loads(line, parse_float=str)
        if process.returncode != 0:
            raise SystemExit("draw: aareg generate failed")

    def add_person(self, person):
        self.personer[person.nummer] = person
        for number in [person.nummer, *person.tidligere_numre]:
            self.by_number[number] = person

    def seen(self, numbers):
        """Nobody among the parties is protected."""
        return not any(n in self.by_number and self.by_number[n].vern for n in numbers)

    def active(self, begynt, sluttet):
        return begynt <= self.today and (not sluttet or sluttet >= self.today)

    def add_arbeidsforhold(self, record):
        employee, employer, reporter = numbers = parties(record)
        if employer in self.by_number and self.by_number[employer].vern:
            self.skjult_arbeidsgiver.add(employer)
        if not self.seen(numbers):
            if self.by_number[employee].vern:
                self.keep("skjermet", record)
            return
        period = record["ansettelsesperiode"]
        self.som_arbeidsgiver[employer] += 1
        self.som_arbeidstaker[employee] += 1
        self.aktive[employee] += self.active(period["startdato"], period.get("sluttdato"))
        for kind in self.kinds(record, employer):
            self.keep(kind, record)

    def keep(self, kind, record):
        """Any one of a kind, each as likely."""
        self.slag_antall[kind] += 1
        if self.dice.randrange(self.slag_antall[kind]) == 0:
            self.slag[kind] = record

    def kinds(self, record, employer):
        """What somebody would ask about an arbeidsforhold like this one for."""
        details = record.get("ansettelsesdetaljer", [])
        if record["rapporteringsordning"]["kode"] == "FOER_A_ORDNINGEN":
            yield "foer_a_ordningen" if details else "foer_a_ordningen_uten_detaljer"
        else:
            yield {"ordinaertArbeidsforhold": "ordinaert", "maritimtArbeidsforhold": "maritimt"}.get(record["type"]["kode"], "annet")
            if len(details) > 5:
                yield "mange_avtaler"
            if record["ansettelsesperiode"]["startdato"] < "2015-01-01":
                yield "begynt_foer_2015"
        for kind, key in (("timeloennet", "timerMedTimeloenn"), ("permisjon", "permisjoner"), ("permittert", "permitteringer"),
                          ("utenlandsopphold", "utenlandsopphold"), ("annen_id_foer", "idHistorikk")):
            if record.get(key):
                yield kind
        if record["ansettelsesperiode"]["startdato"] > self.today:
            yield "framtidig"
        if employer in self.by_number:
            yield "personlig_arbeidsgiver"
        elif employer not in self.enheter:
            yield "gammel_arbeidsgiver"

    def look_closely(self, persons, employers):
        """The arbeidsforhold that anybody may see of these persons (egne) and employers (rader), as lists have them: newest
        first, then by number."""
        self.egne, self.rader = {number: [] for number in persons}, {number: [] for number in employers}
        for record in self.stream():
            if "navArbeidsforholdId" not in record:
                continue
            employee, employer, _ = numbers = parties(record)
            lists = [of[number] for of, number in ((self.egne, employee), (self.rader, employer)) if number in of]
            if lists and self.seen(numbers):
                row = self.rad(record, employee)
                for rows in lists:
                    rows.append(row)
        for rows in (*self.egne.values(), *self.rader.values()):
            rows.sort(key=lambda r: r.id)
            rows.sort(key=lambda r: r.begynt, reverse=True)

    def rad(self, record, employee):
        period, details = record["ansettelsesperiode"], record.get("ansettelsesdetaljer", [])
        # With several agreements it takes rules to tell which one a list shows.
        yrke = details[0].get("yrke", {}).get("kode", "") if len(details) == 1 else None
        return Rad(period["startdato"], record["navArbeidsforholdId"], period.get("sluttdato", ""),
                   record["rapporteringsordning"]["kode"] != "FOER_A_ORDNINGEN", employee, record.get("id", ""),
                   record["type"]["beskrivelse"], yrke)

    def under(self, orgnr):
        """A unit and all units below it."""
        found, children = [orgnr], collections.defaultdict(list)
        for enhet in self.enheter.values():
            children[enhet.over].append(enhet.orgnr)
        for unit in found:
            found += children[unit]
        return found

    def alder(self, person):
        """Whole years today, or at death. Whoever was born on 29 February has grown a year older on 1 March."""
        day = datetime.date.fromisoformat(person.doed or self.today)
        born = datetime.date.fromisoformat(person.foedt)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
