import aareg.Aareg2BindingStub;
import aareg.Aareg2ServiceLocator;
import aareg.ArbeidsgiverSvarType;
import aareg.BrukersesjonType;
import aareg.FeilType;
import aareg.TransaksjonType;
import aareg.TransaksjonsinfoType;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Paths;
import org.apache.axis.Version;
import org.apache.axis.description.ElementDesc;
import org.apache.axis.description.FieldDesc;
import org.apache.axis.description.TypeDesc;
import org.apache.axis.message.SOAPHeaderElement;

/**
 * Asks the service all questions through the classes that WSDL2Java wrote, and writes what these hold of each answer,
 * as built_client.py describes.
 */
public final class AxisClient {
    private final Aareg2BindingStub port = (Aareg2BindingStub) new Aareg2ServiceLocator().getaareg2Port();
    private final PrintWriter out;

    private AxisClient(PrintWriter out) throws Exception {
        this.out = out;
    }

    public static void main(String[] args) throws Exception {
        try (PrintWriter out = new PrintWriter(args[1], "UTF-8")) {
            AxisClient client = new AxisClient(out);
            for (String line : Files.readAllLines(Paths.get(args[0]))) {
                String[] words = line.split("\t");
                if (words[0].equals("header")) {
                    client.port.setHeader(header(words));
                } else {
                    client.ask(words);
                }
            }
        }
        System.out.println("Axis " + Version.getVersionText().split(" ")[0]);
    }

    /** A header block, for the stub to send with all questions that follow. */
    private static SOAPHeaderElement header(String[] words) throws Exception {
        boolean sesjon = words[1].equals("Brukersesjon");
        Object block = set(sesjon ? new BrukersesjonType() : new TransaksjonType(), words, 2);
        String namespace = TypeDesc.getTypeDescForClass(block.getClass()).getXmlType().getNamespaceURI();
        return new SOAPHeaderElement(namespace, words[1], block);
    }

    private void ask(String[] words) throws Exception {
        Method operation = operation(words[1]);
        Object question = set(operation.getParameterTypes()[0].getConstructor().newInstance(), words, 3);
        try {
            Object answer = operation.invoke(port, question);
            out.println("answer");
            for (SOAPHeaderElement block : port.getResponseHeaders()) {
                boolean sesjon = block.getName().equals("Brukersesjon");
                Class<?> type = sesjon ? BrukersesjonType.class : TransaksjonsinfoType.class;
                Object read = block.getValueAsType(TypeDesc.getTypeDescForClass(type).getXmlType(), type);
                walk("head", "/" + block.getName() + "[1]", read);
            }
            walk("body", "", answer);
            if (words[2].equals("spoil")) {
                ((ArbeidsgiverSvarType) answer).getArbeidsforholdListe().getArbeidsforhold(1).setBegyntdato(null);
                out.println("spoiled");
                walk("body", "", answer);
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof FeilType)) {
                throw e;
            }
            FeilType feil = (FeilType) e.getCause();
            out.println("fault\t" + feil.getFaultCode().getLocalPart() + "\t" + escaped(feil.getFaultString()));
            walk("body", "", feil);
        }
    }

    /** The stub's method, which takes the question and returns the answer. */
    private static Method operation(String name) {
        for (Method method : Aareg2BindingStub.class.getMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException("no operation " + name);
    }

    /** Sets the children that words have from first on, by name and text in turn. */
    private static Object set(Object bean, String[] words, int first) throws Exception {
        for (int i = first; i + 1 < words.length; i += 2) {
            Field field = field(bean, words[i]);
            field.set(bean, value(field.getType(), words[i + 1]));
        }
        return bean;
    }

    private static Object value(Class<?> type, String text) throws Exception {
        return type == String.class ? text : type.getMethod("fromValue", String.class).invoke(null, text);
    }

    private static Field field(Object bean, String name) throws Exception {
        Field field = bean.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field;
    }

    /** Writes the leaves of an object, in the order of its type; what is null is not there. */
    private void walk(String kind, String path, Object object) throws Exception {
        TypeDesc type = TypeDesc.getTypeDescForClass(object.getClass());
        if (type == null || type.getFields() == null) {
            out.println(kind + "\t" + path + "\t" + escaped(object.toString()));
            return;
        }
        boolean empty = true;
        for (FieldDesc element : type.getFields()) {
            Object value = field(object, element.getFieldName()).get(object);
            if (value != null) {
                empty = false;
                children(kind, path, (ElementDesc) element, value);
            }
        }
        if (empty) {
            out.println(kind + "\t" + path);
        }
    }

    /**
     * Writes the elements that one field stands for. A group with one list in it and nothing else is an array, whose
     * entries have a name of their own.
     */
    private void children(String kind, String path, ElementDesc element, Object value) throws Exception {
        String below = path + "/" + element.getXmlName().getLocalPart();
        Object[] values = value instanceof Object[] ? (Object[]) value : new Object[] {value};
        if (element.getItemQName() != null) {
            below += "[1]";
            if (values.length == 0) {
                out.println(kind + "\t" + below);
            }
            below += "/" + element.getItemQName().getLocalPart();
        }
        for (int i = 0; i < values.length; i++) {
            walk(kind, below + "[" + (i + 1) + "]", values[i]);
        }
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
