package dev.importonce.source.xlsx;

import java.util.HashSet;
import java.util.Set;
import javax.xml.stream.XMLStreamReader;

/** Limits the names that a part of a workbook uses: its parser keeps every name, and searches all of them for a prefix. */
final class XmlNames {
    /** Maximum number of names of elements and attributes; the standard has some hundreds for all parts together. */
    private static final int MAX_NAMES = 1_000;

    private static final int MAX_PREFIXES = 100;
    private static final int SLOTS = 256;

    private final Set<String> names = new HashSet<>();
    private final Set<String> prefixes = new HashSet<>();

    /** Names that occurred before, by hash: nearly all repeated names are found here, as the identical string. */
    private final String[] seen = new String[SLOTS];

    /** Counts the names of the element that begins here. */
    void see(XMLStreamReader element) {
        see(element.getLocalName());
        for (int i = 0; i < element.getAttributeCount(); i++) see(element.getAttributeLocalName(i));
        for (int i = 0; i < element.getNamespaceCount(); i++) {
            prefixes.add(element.getNamespacePrefix(i));
            if (prefixes.size() > MAX_PREFIXES) throw Xml.tooComplex("xlsx-many-name-spaces", MAX_PREFIXES);
        }
    }

    private void see(String name) {
        int slot = name.hashCode() & SLOTS - 1;
        if (seen[slot] == name) return;
        seen[slot] = name;
        names.add(name);
        if (names.size() > MAX_NAMES) throw Xml.tooComplex("xlsx-many-names", MAX_NAMES);
    }
}
