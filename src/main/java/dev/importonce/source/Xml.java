package dev.importonce.source;

import com.fasterxml.aalto.stax.InputFactoryImpl;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import java.io.InputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** One part of a workbook, element by element. A document type, which could define entities, is refused. */
final class Xml {
    private static final XMLInputFactory XML = factory();

    private final XMLStreamReader reader;

    Xml(InputStream part) throws XMLStreamException {
        reader = XML.createXMLStreamReader(part);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }

    /** Moves to where the next element begins or ends; false at the end of the part. */
    boolean next() throws XMLStreamException {
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT || event == XMLStreamConstants.END_ELEMENT) return true;
            if (event == XMLStreamConstants.DTD || event == XMLStreamConstants.ENTITY_REFERENCE)
                throw new ProblemException(
                        ProblemType.UNREADABLE_FILE,
                        "The XLSX file defines or uses XML entities, which is not allowed.");
        }
        return false;
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

    /** The value of an attribute, or a number when there is none or it is no number. */
    int number(String name, int otherwise) {
        String value = attribute(name);
        try {
            return value == null ? otherwise : Integer.parseInt(value.trim());
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /**
     * All text up to the end of the element that is open; of parts that are marked as phonetic none.
     *
     * @throws ProblemException when it is longer than a record may be
     */
    String text(StringBuilder buffer) throws XMLStreamException {
        buffer.setLength(0);
        int phonetic = 0;
        for (int depth = 1; depth > 0; ) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
                if (phonetic > 0 || reader.getLocalName().equals("rPh")) phonetic++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
                if (phonetic > 0) phonetic--;
            } else if (phonetic == 0
                    && (event == XMLStreamConstants.CHARACTERS
                            || event == XMLStreamConstants.CDATA
                            || event == XMLStreamConstants.SPACE)) {
                buffer.append(reader.getTextCharacters(), reader.getTextStart(), reader.getTextLength());
                if (buffer.length() > CsvPlanner.MAX_RECORD_BYTES)
                    throw new ProblemException(
                            ProblemType.UNREADABLE_FILE,
                            "A cell is longer than " + CsvPlanner.MAX_RECORD_BYTES + " characters. Is this a table?");
            } else if (event == XMLStreamConstants.END_DOCUMENT) {
                throw new XMLStreamException("ends inside an element");
            }
        }
        return buffer.indexOf("_x") < 0 ? buffer.toString() : unescaped(buffer.toString());
    }

    /** ECMA-376, part 1, 22.9.2.19: characters that XML cannot hold. */
    private static String unescaped(String text) {
        return ESCAPED.matcher(text)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))));
    }

    private static final java.util.regex.Pattern ESCAPED = java.util.regex.Pattern.compile("_x([0-9A-Fa-f]{4})_");
}
