package dev.importonce.source.xlsx;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.Block;
import dev.importonce.words.Sentence;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads one part of a workbook, element by element, in bounded memory, whatever the part contains. A document type, which
 * could define entities, is refused.
 */
final class Xml {
    /** Maximum nesting depth of elements; in a workbook it is about ten. */
    private static final int MAX_DEPTH = 100;

    /**
     * Maximum number of bytes from one element to the next, including attributes; programs write less than a hundredth of
     * it.
     */
    private static final int MAX_MARKUP_BYTES = 256 * 1024;

    /** Maximum number of bytes of a piece of text: a record's characters, each written as an entity of four bytes. */
    private static final int MAX_TEXT_BYTES = 4 * Block.MAX_RECORD_BYTES;

    /** ECMA-376, part 1, 22.9.2.19: escapes of characters that XML cannot contain. */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final RationedStream bytes;
    private final XMLStreamReader reader;
    private final XmlNames names = new XmlNames();
    private int depth;

    Xml(InputStream part) throws XMLStreamException {
        bytes = new RationedStream(part, Xml::tooLong);
        bytes.allow(MAX_MARKUP_BYTES);
        // A separate factory for each part: a shared one would keep the names of all files that were ever read.
        reader = factory().createXMLStreamReader(bytes);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Moves to the next start or end of an element; false at the end of the part. */
    boolean next() throws XMLStreamException {
        while (reader.hasNext()) {
            int event = nextEvent();
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) return true;
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE)
                throw new ProblemException(ProblemType.UNREADABLE_FILE, Sentence.of("xlsx-entities"));
        }
        return false;
    }

    private int nextEvent() throws XMLStreamException {
        bytes.allow(MAX_MARKUP_BYTES);
        int event = reader.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
            if (++depth > MAX_DEPTH) throw tooComplex("xlsx-deep", MAX_DEPTH);
            names.see(reader);
        } else if (event == XMLStreamConstants.END_ELEMENT) depth--;
        return event;
    }

    boolean isStart(String name) {
        return reader.isStartElement() && reader.getLocalName().equals(name);
    }

    boolean isEnd(String name) {
        return reader.isEndElement() && reader.getLocalName().equals(name);
    }

    /** The value of an attribute of any name space, or null. */
    String attribute(String name) {
        for (int i = 0; i < reader.getAttributeCount(); i++)
            if (reader.getAttributeLocalName(i).equals(name)) return reader.getAttributeValue(i);
        return null;
    }

    /** The value of an attribute; {@code otherwise} when the attribute is missing or not a number. */
    int number(String name, int otherwise) {
        String value = attribute(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /**
     * The text of the open element: the text of its elements {@code t}, or its own text if it has no elements. Text between
     * elements is indentation, and phonetic text is left out.
     *
     * @throws ProblemException when the text is longer than a record may be
     */
    String text(StringBuilder buffer) throws XMLStreamException {
        buffer.setLength(0);
        int phonetic = 0;
        int text = depth;
        for (int end = depth - 1; depth > end; ) {
            int event = nextEvent();
            if (event == XMLStreamConstants.START_ELEMENT) {
                if (text == end + 1) buffer.setLength(0);
                if (phonetic > 0 || reader.getLocalName().equals("rPh")) phonetic++;
                text = reader.getLocalName().equals("t") ? depth : 0;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                if (phonetic > 0) phonetic--;
                text = 0;
            } else if (phonetic == 0
                    && depth == text
                    && (event == XMLStreamConstants.CHARACTERS
                            || event == XMLStreamConstants.CDATA
                            || event == XMLStreamConstants.SPACE)) {
                bytes.allow(MAX_TEXT_BYTES);
                if (buffer.length() + reader.getTextLength() > Block.MAX_RECORD_BYTES)
                    throw new ProblemException(
                            ProblemType.UNREADABLE_FILE, Sentence.of("cell-too-long", Block.MAX_RECORD_BYTES));
                buffer.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
            } else if (event == XMLStreamConstants.END_DOCUMENT) {
                throw new XMLStreamException("ends inside an element");
            }
        }
        return buffer.indexOf("_x") < 0 ? buffer.toString() : unescaped(buffer.toString());
    }

    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(
                        match -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static ProblemException tooLong() {
        return tooComplex("xlsx-long-element", MAX_MARKUP_BYTES, MAX_TEXT_BYTES);
    }

    /** @param code of the sentence about a part of the file */
    static ProblemException tooComplex(String code, Object... values) {
        return new ProblemException(ProblemType.TOO_COMPLEX, Sentence.of(code, values));
    }
}
