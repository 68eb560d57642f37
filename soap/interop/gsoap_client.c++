// Asks the service all questions through the classes that gSOAP wrote, and writes what these hold of each answer, as
// built_client.py describes. The extension is one that go build does not take for its own.
#include <codecvt>
#include <fstream>
#include <iostream>
#include <locale>
#include <map>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "aareg2Binding.nsmap"
#include "soapaareg2BindingProxy.h"

namespace {

using Children = std::map<std::string, std::string>;

std::vector<std::string> words(const std::string& line) {
  std::vector<std::string> found;
  std::istringstream rest(line);
  for (std::string word; std::getline(rest, word, '\t');) found.push_back(word);
  return found;
}

// Children are given by name and text in turn.
Children children(const std::vector<std::string>& words, size_t first) {
  Children found;
  for (size_t i = first; i + 1 < words.size(); i += 2) found[words[i]] = words[i + 1];
  return found;
}

std::string escaped(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '\\': out += "\\\\"; break;
      case '\t': out += "\\t"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      default: out += c;
    }
  }
  return out;
}

// tag is the element's local name of a C++ name: behind the prefix and two underscores, with an underscore written as
// _USCORE and a letter like ø as _x and its four hexadecimal digits.
std::string tag(std::string name) {
  const size_t prefix = name.find("__");
  if (prefix != std::string::npos) name.erase(0, prefix + 2);
  for (size_t i = 0; (i = name.find('_', i)) != std::string::npos; ++i) {
    if (name.compare(i, 7, "_USCORE") == 0) {
      name.replace(i, 7, "_");
    } else if (name.compare(i, 2, "_x") == 0) {
      const char32_t letter = std::stoul(name.substr(i + 2, 4), nullptr, 16);
      name.replace(i, 6, std::wstring_convert<std::codecvt_utf8<char32_t>, char32_t>().to_bytes(letter));
    }
  }
  return name;
}

// Walk is one walk through an object with the functions that soapcpp2 -Et wrote: these call enter and leave for every
// member that is there, with its name. A vector comes as a member of its own around its entries. The context
// of a walk is its own and in graph mode: gSOAP follows no pointers in another.
class Walk {
 public:
  Walk(std::ostream& out, const char* kind) : out(out), kind(kind), context(SOAP_XML_GRAPH), open(1) {
    context->user = this;
  }

  // body walks an answer or a fault's detail, whose members are the leaves without a step for the object itself.
  template <typename T>
  void body(T& object) {
    object.soap_traverse(context.get(), "", enter, leave);
  }

  void head(SOAP_ENV__Header* header) { soap_traverse_SOAP_ENV__Header(context.get(), header, "", enter, leave); }

 private:
  struct Element {
    std::string path;
    std::map<std::string, int> seen;  // how many children of each name
  };

  // Context is a soap context that ends with its walk.
  struct Context {
    explicit Context(soap_mode mode) : soap(soap_new1(mode)) {}
    ~Context() { soap_free(soap); }
    struct soap* get() { return soap; }
    struct soap* operator->() { return soap; }
    struct soap* soap;
  };

  static bool no_element(const char* name, const std::string& type) {
    return *name == '\0' || type.compare(0, 12, "std::vector<") == 0;
  }

  static void enter(soap* context, void*, int, const char* name, const char* type) {
    if (no_element(name, type)) return;
    auto& open = static_cast<Walk*>(context->user)->open;
    const std::string local = tag(name);
    Element element;
    element.path = open.back().path + "/" + local + "[" + std::to_string(++open.back().seen[local]) + "]";
    open.push_back(element);
  }

  static void leave(soap* context, void* object, int type, const char* name, const char* type_name) {
    if (no_element(name, type_name)) return;
    auto& walk = *static_cast<Walk*>(context->user);
    if (walk.open.back().seen.empty()) walk.leaf(object, type, type_name);
    walk.open.pop_back();
  }

  // leaf writes a member without members: a text, or a group with nothing in it.
  void leaf(void* object, int type, const std::string& type_name) {
    out << kind << '\t' << open.back().path;
    if (type == SOAP_TYPE_aareg2__StatuskodeType)
      out << '\t' << soap_aareg2__StatuskodeType2s(context.get(), *static_cast<aareg2__StatuskodeType*>(object));
    else if (type_name == "std::string")
      out << '\t' << escaped(*static_cast<std::string*>(object));
    out << '\n';
  }

  std::ostream& out;
  const char* kind;
  Context context;
  std::vector<Element> open;  // from the root down
};

// Client asks the questions, each with the header blocks that were given before.
class Client {
 public:
  explicit Client(std::ostream& out) : out(out), proxy(SOAP_C_UTFSTRING) {}

  void header(const std::string& block, const Children& children) { blocks[block] = children; }

  void ask(const std::string& operation, bool spoil, const Children& asked) {
    given = asked;
    send_header();
    if (operation == "hentAntallArbeidstakere") {
      aareg2__HentAntallArbeidstakereType q;
      q.orgnr = given["orgnr"];
      aareg2__AntallArbeidstakereSvarType svar;
      answered(proxy.hentAntallArbeidstakere(&q, svar), svar);
    } else if (operation == "hentArbeidsgiver") {
      hent_arbeidsgiver(spoil);
    } else if (operation == "hentArbeidstaker") {
      aareg2__HentArbeidstakerType q;
      q.foedselsnr = given["foedselsnr"];
      q.statusArbeidsforhold = optional("statusArbeidsforhold");
      q.lovgivning = optional("lovgivning");
      aareg2__ArbeidstakerSvarType svar;
      answered(proxy.hentArbeidstaker(&q, svar), svar);
    } else if (operation == "hentTrefflisteArbeidsgiver") {
      hent_treffliste_arbeidsgiver();
    } else if (operation == "hentTrefflisteArbeidstaker") {
      hent_treffliste_arbeidstaker();
    } else if (operation == "hentArbeidsforhold") {
      aareg2__HentArbeidsforholdType q;
      q.arbeidsforholdId = given["arbeidsforholdId"];
      aareg2__ArbeidsforholdSvarType svar;
      answered(proxy.hentArbeidsforhold(&q, svar), svar);
    } else {
      throw std::runtime_error("no operation " + operation);
    }
    proxy.destroy();
  }

 private:
  void hent_arbeidsgiver(bool spoil) {
    aareg2__HentArbeidsgiverType q;
    q.arbeidsgiverId = given["arbeidsgiverId"];
    q.statusArbeidsforhold = optional("statusArbeidsforhold");
    q.lovgivning = optional("lovgivning");
    q.datofra = optional("datofra");
    q.datotil = optional("datotil");
    aareg2__ArbeidsgiverSvarType svar;
    answered(proxy.hentArbeidsgiver(&q, svar), svar);
    if (!spoil) return;
    svar.arbeidsforholdListe->arbeidsforhold.at(1)->begyntdato.clear();
    out << "spoiled\n";
    Walk(out, "body").body(svar);
  }

  void hent_treffliste_arbeidsgiver() {
    aareg2__HentTrefflisteArbeidsgiverType q;
    q.orgnavn = optional("orgnavn");
    q.kommunenr = optional("kommunenr");
    q.postnr = optional("postnr");
    q.fylkenr = optional("fylkenr");
    q.inkluderOpphoerte = optional("inkluderOpphoerte");
    q.etternavn = optional("etternavn");
    person(q);
    aareg2__TrefflisteArbeidsgiverSvarType svar;
    answered(proxy.hentTrefflisteArbeidsgiver(&q, svar), svar);
  }

  void hent_treffliste_arbeidstaker() {
    aareg2__HentTrefflisteArbeidstakerType q;
    q.etternavn = given["etternavn"];
    person(q);
    q.maksAntall = optional("maksAntall");
    aareg2__TrefflisteArbeidstakerSvarType svar;
    answered(proxy.hentTrefflisteArbeidstaker(&q, svar), svar);
  }

  // person sets what both searches ask about a person.
  template <typename Q>
  void person(Q& q) {
    q.fornavn = optional("fornavn");
    q.mellomnavn = optional("mellomnavn");
    q.fdato = optional("fdato");
    q.faarfra = optional("faarfra");
    q.faartil = optional("faartil");
    q.alderfra = optional("alderfra");
    q.aldertil = optional("aldertil");
    q.kjoenn = optional("kjoenn");
    q.fonetisk = given["fonetisk"];
  }

  // optional is the text of a child, or null when it is not asked for.
  std::string* optional(const std::string& name) {
    auto child = given.find(name);
    return child == given.end() ? nullptr : &child->second;
  }

  void send_header() {
    proxy.soap_noheader();
    if (blocks.empty()) return;
    auto* brukersesjon = soap_new_brukersesjon__BrukersesjonType(proxy.soap);
    auto& login = blocks["Brukersesjon"];
    brukersesjon->distribusjonskanal = soap_new_brukersesjon__DistribusjonskanalType(proxy.soap);
    if (soap_s2brukersesjon__DistribusjonskanalType(proxy.soap, login["distribusjonskanal"].c_str(),
                                                    brukersesjon->distribusjonskanal))
      throw std::runtime_error("no such distribusjonskanal");
    brukersesjon->systemnavn = &login["systemnavn"];
    brukersesjon->brukernavn = &login["brukernavn"];
    brukersesjon->passord = &login["passord"];
    auto* transaksjon = soap_new_transaksjon__TransaksjonType(proxy.soap);
    transaksjon->referanse = &blocks["Transaksjon"]["referanse"];
    proxy.soap_header(brukersesjon, transaksjon, nullptr);
  }

  // answered writes the answer, or the fault with its detail.
  template <typename Svar>
  void answered(int status, Svar& svar) {
    if (status == SOAP_OK) {
      out << "answer\n";
      Walk(out, "head").head(proxy.soap_header());
      Walk(out, "body").body(svar);
      return;
    }
    const SOAP_ENV__Fault* fault = proxy.soap_fault();
    if (!fault || !fault->detail || !fault->detail->feil__feil) {
      proxy.soap_stream_fault(std::cerr);
      throw std::runtime_error("no answer, and no fault with a detail");
    }
    out << "fault\t" << escaped(fault->faultcode) << '\t' << escaped(fault->faultstring) << '\n';
    Walk(out, "body").body(*fault->detail->feil__feil);
  }

  std::ostream& out;
  aareg2BindingProxy proxy;
  std::map<std::string, Children> blocks;
  Children given;  // the children of the question at hand
};

}  // namespace

int main(int, char** argv) {
  std::ifstream questions(argv[1]);
  std::ofstream answers(argv[2]);
  Client client(answers);
  for (std::string line; std::getline(questions, line);) {
    const auto w = words(line);
    if (w.at(0) == "header")
      client.header(w.at(1), children(w, 2));
    else
      client.ask(w.at(1), w.at(2) == "spoil", children(w, 3));
  }
  answers.close();
  const int version = GSOAP_VERSION;  // 208124 is 2.8.124
  std::cout << "gSOAP " << version / 100000 << '.' << version / 1000 % 100 << '.' << version % 1000 << '\n';
  return answers ? 0 : 1;
}
