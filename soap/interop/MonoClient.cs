using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text;
using System.Web.Services.Protocols;
using System.Xml;
using System.Xml.Serialization;
using aareg;

/// Asks the service all questions through the classes that wsdl.exe wrote, and writes what these hold of each answer,
/// as built_client.py describes.
static class MonoClient {
    static readonly Aareg2Service service = new Aareg2Service();
    static TextWriter output;
    static string[] login, transaction;  // the header blocks to send, as words

    static void Main(string[] args) {
        using (output = new StreamWriter(args[1], false, new UTF8Encoding(false))) {
            foreach (var line in File.ReadLines(args[0])) {
                var words = line.Split('\t');
                switch (words[0] + " " + words[1]) {
                    case "header Brukersesjon": login = words; break;
                    case "header Transaksjon": transaction = words; break;
                    default: Ask(words); break;
                }
            }
        }
        Console.WriteLine("Mono wsdl.exe " + Version());
    }

    static string Version() {
        var runtime = Type.GetType("Mono.Runtime");
        var display = runtime.GetMethod("GetDisplayName", BindingFlags.NonPublic | BindingFlags.Static);
        return ((string)display.Invoke(null, null)).Split(' ')[0];
    }

    /// The service's object has the header blocks of the question, and afterwards those of the answer.
    static void Ask(string[] words) {
        service.Brukersesjon = login == null ? null : Set(new BrukersesjonType(), login, 2);
        service.Transaksjon = transaction == null ? null : Set(new TransaksjonType(), transaction, 2);
        var operation = typeof(Aareg2Service).GetMethod(words[1]);
        var question = Set(Activator.CreateInstance(operation.GetParameters()[0].ParameterType), words, 3);
        try {
            var answer = operation.Invoke(service, new[] { question });
            output.WriteLine("answer");
            Walk("head", "/Brukersesjon[1]", service.Brukersesjon);
            Walk("head", "/Transaksjonsinfo[1]", service.Transaksjonsinfo);
            Walk("body", "", answer);
            if (words[2] == "spoil") {
                ((ArbeidsgiverSvarType)answer).arbeidsforholdListe.arbeidsforhold[1].begyntdato = null;
                output.WriteLine("spoiled");
                Walk("body", "", answer);
            }
        } catch (TargetInvocationException e) when (e.InnerException is SoapException) {
            Fault((SoapException)e.InnerException);
        }
    }

    /// wsdl.exe writes no class for a fault's detail: .NET 2.0 hands it over as nodes.
    static void Fault(SoapException fault) {
        output.WriteLine("fault\t" + fault.Code.Name + "\t" + Escaped(fault.Message));
        foreach (XmlElement leaf in fault.Detail["feil", "http://ws.infotorg.no/xml/Feil/Feil.xsd"])
            Walk("body", "/" + leaf.LocalName + "[1]", leaf.InnerText);
    }

    /// Sets the children that words have from first on, by name and text in turn.
    static T Set<T>(T target, string[] words, int first) {
        for (var i = first; i + 1 < words.Length; i += 2) {
            var child = target.GetType().GetProperty(words[i]);
            var type = child.PropertyType;
            child.SetValue(target, type.IsEnum ? Enum.Parse(type, words[i + 1]) : words[i + 1]);
            target.GetType().GetProperty(words[i] + "Specified")?.SetValue(target, true);
        }
        return target;
    }

    /// Writes the leaves of an object, in the order of its type; what is null is not there.
    static void Walk(string kind, string path, object value) {
        if (value == null) return;
        var type = value.GetType();
        if (type == typeof(string)) {
            output.WriteLine(kind + "\t" + path + "\t" + Escaped((string)value));
            return;
        }
        if (type.IsEnum) {
            var name = type.GetField(value.ToString()).GetCustomAttribute<XmlEnumAttribute>()?.Name;
            output.WriteLine(kind + "\t" + path + "\t" + (name ?? value.ToString()));
            return;
        }
        var children = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => IsElement(property, value)).SelectMany(property => Elements(property, value)).ToList();
        foreach (var child in children) Walk(kind, path + "/" + child.Key, child.Value);
        if (children.Count == 0) output.WriteLine(kind + "\t" + path);
    }

    static bool IsElement(PropertyInfo property, object value) {
        if (property.IsDefined(typeof(XmlIgnoreAttribute)) || property.IsDefined(typeof(XmlAnyAttributeAttribute))
            || property.IsDefined(typeof(XmlAttributeAttribute)) || property.GetValue(value) == null) return false;
        var specified = value.GetType().GetProperty(property.Name + "Specified");
        return specified == null || (bool)specified.GetValue(value);
    }

    /// The elements that a property stands for, by name and position. A group with one list in it and nothing else is
    /// an array, whose entries have a name of their own.
    static IEnumerable<KeyValuePair<string, object>> Elements(PropertyInfo property, object owner) {
        var value = property.GetValue(owner);
        var values = value as Array ?? new[] { value };
        var name = property.GetCustomAttribute<XmlElementAttribute>()?.ElementName
            ?? property.GetCustomAttribute<XmlArrayAttribute>()?.ElementName;
        if (string.IsNullOrEmpty(name)) name = property.Name;
        var entry = property.GetCustomAttribute<XmlArrayItemAttribute>();
        if (entry != null) {
            name += "[1]";
            if (values.Length == 0) yield return new KeyValuePair<string, object>(name, "");
            name += "/" + entry.ElementName;
        }
        for (var i = 0; i < values.Length; i++)
            yield return new KeyValuePair<string, object>(name + "[" + (i + 1) + "]", values.GetValue(i));
    }

    static string Escaped(string text) {
        return text.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");
    }
}
