import aareg.Aareg2PortType;
import aareg.Aareg2Service;
import aareg.ArbeidsgiverSvarType;
import aareg.BrukersesjonType;
import aareg.Feil;
import aareg.ObjectFactory;
import aareg.TransaksjonType;
import com.sun.xml.ws.api.message.Header;
import com.sun.xml.ws.api.message.Headers;
import com.sun.xml.ws.developer.WSBindingProvider;
import com.sun.xml.ws.util.RuntimeVersion;
import java.io.PrintWriter;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import javax.xml.bind.JAXBContext;
import javax.xml.bind.JAXBElement;
import javax.xml.bind.JAXBException;
import javax.xml.bind.annotation.XmlElement;
import javax.xml.bind.annotation.XmlElementRef;
import javax.xml.bind.annotation.XmlType;
import javax.xml.namespace.QName;
import javax.xml.soap.SOAPException;
import javax.xml.ws.handler.MessageContext;
import javax.xml.ws.handler.soap.SOAPHandler;
import javax.xml.ws.handler.soap.SOAPMessageContext;

/**
 * Asks the service all questions through the classes that wsimport wrote, and writes what these hold of each answer,
 * as built_client.py describes. Header blocks go and come as this implementation of JAX-WS has it.
 */
public final class JaxwsClient {
    private final Aareg2PortType port = new Aareg2Service().getAareg2Port();
    private final JAXBContext types = JAXBContext.newInstance(ObjectFactory.class);
    private final List<Header> header = new ArrayList<>();
    private final FaultCode faultCode = new FaultCode();
    private final PrintWriter out;

    private JaxwsClient(PrintWriter out) throws JAXBException {
        this.out = out;
        ((WSBindingProvider) port).getBinding().setHandlerChain(Collections.singletonList(faultCode));
    }

    public static void main(String[] args) throws Exception {
        try (PrintWriter out = new PrintWriter(args[1], "UTF-8")) {
            JaxwsClient client = new JaxwsClient(out);
            for (String line : Files.readAllLines(Paths.get(args[0]))) {
                String[] words = line.split("\t");
                if (words[0].equals("header")) {
                    client.header(words);
                } else {
                    client.ask(words);
                }
            }
        }
        System.out.println(RuntimeVersion.VERSION.BUILD_VERSION);
    }

    /** Adds a header block to all questions that follow. */
    private void header(String[] words) throws ReflectiveOperationException {
        header.add(Headers.create(types, block(words)));
        ((WSBindingProvider) port).setOutboundHeaders(header);
    }

    private static JAXBElement<?> block(String[] words) throws ReflectiveOperationException {
        switch (words[1]) {
            case "Brukersesjon":
                return new ObjectFactory().createBrukersesjon(set(new BrukersesjonType(), words, 2));
            case "Transaksjon":
                return new ObjectFactory().createTransaksjon(set(new TransaksjonType(), words, 2));
            default:
                throw new IllegalArgumentException("no header block " + words[1]);
        }
    }

    private void ask(String[] words) throws ReflectiveOperationException, JAXBException {
        Method operation = operation(words[1]);
        Object question = set(operation.getParameterTypes()[0].getConstructor().newInstance(), words, 3);
        try {
            Object answer = operation.invoke(port, question);
            out.println("answer");
            for (Header block : ((WSBindingProvider) port).getInboundHeaders()) {
                walk("head", "/" + block.getLocalPart() + "[1]", block.readAsJAXB(types.createUnmarshaller()));
            }
            walk("body", "", answer);
            if (words[2].equals("spoil")) {
                ((ArbeidsgiverSvarType) answer).getArbeidsforholdListe().getArbeidsforhold().get(1).setBegyntdato(null);
                out.println("spoiled");
                walk("body", "", answer);
            }
        } catch (InvocationTargetException e) {
            if (!(e.getCause() instanceof Feil)) {
                throw e;
            }
            Feil feil = (Feil) e.getCause();
            out.println("fault\t" + faultCode.last + "\t" + escaped(feil.getMessage()));
            walk("body", "", feil.getFaultInfo());
        }
    }

    /** The port's method, which takes the question and returns the answer. */
    private static Method operation(String name) {
        for (Method method : Aareg2PortType.class.getMethods()) {
            if (method.getName().equals(name)) {
                return method;
            }
        }
        throw new IllegalArgumentException("no operation " + name);
    }

    /** Keeps the faultcode of the last fault, which a typed fault has not. */
    private static final class FaultCode implements SOAPHandler<SOAPMessageContext> {
        private String last;

        @Override
        public boolean handleFault(SOAPMessageContext context) {
            try {
                last = context.getMessage().getSOAPBody().getFault().getFaultCode();
            } catch (SOAPException e) {
                throw new IllegalStateException(e);
            }
            return true;
        }

        @Override
        public boolean handleMessage(SOAPMessageContext context) {
            return true;
        }

        @Override
        public void close(MessageContext context) {
            // There is nothing to close.
        }

        @Override
        public Set<QName> getHeaders() {
            return Collections.emptySet();
        }
    }

    /** Sets the children that words have from first on, by name and text in turn. */
    private static <T> T set(T bean, String[] words, int first) throws ReflectiveOperationException {
        for (int i = first; i + 1 < words.length; i += 2) {
            Field field = bean.getClass().getDeclaredField(words[i]);
            field.setAccessible(true);
            field.set(bean, value(field, words[i + 1]));
        }
        return bean;
    }

    private static Object value(Field field, String text) throws ReflectiveOperationException {
        if (field.getType().isEnum()) {
            return field.getType().getMethod("fromValue", String.class).invoke(null, text);
        }
        if (field.getType() == JAXBElement.class) {
            return new JAXBElement<>(new QName(field.getName()), String.class, text);
        }
        return text;
    }

    /** Writes the leaves of an object, in the order of its type; what is null is not there. */
    private void walk(String kind, String path, Object object) throws ReflectiveOperationException {
        if (object == null) {
            return;
        }
        if (object instanceof JAXBElement) {
            walk(kind, path, ((JAXBElement<?>) object).getValue());
            return;
        }
        if (!object.getClass().isAnnotationPresent(XmlType.class) || object instanceof Enum) {
            out.println(kind + "\t" + path + "\t" + escaped(text(object)));
            return;
        }
        boolean empty = true;
        for (String name : object.getClass().getAnnotation(XmlType.class).propOrder()) {
            Field field = object.getClass().getDeclaredField(name);
            field.setAccessible(true);
            Object value = field.get(object);
            int position = 0;
            for (Object child : value instanceof List ? (List<?>) value : Collections.singletonList(value)) {
                empty &= child == null;
                walk(kind, path + "/" + tag(field) + "[" + ++position + "]", child);
            }
        }
        if (empty) {
            out.println(kind + "\t" + path);
        }
    }

    private static String text(Object leaf) throws ReflectiveOperationException {
        return leaf instanceof Enum ? (String) leaf.getClass().getMethod("value").invoke(leaf) : leaf.toString();
    }

    private static String tag(Field field) {
        XmlElement element = field.getAnnotation(XmlElement.class);
        XmlElementRef reference = field.getAnnotation(XmlElementRef.class);
        String name = element != null ? element.name() : reference != null ? reference.name() : "##default";
        return name.equals("##default") ? field.getName() : name;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r");
    }
}
