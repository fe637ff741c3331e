package dev.importonce.platform.startup;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import io.smallrye.config.PropertyName;

/**
 * Replaces, in the native binary, the hash with which SmallRye Config finds the defaults of properties with user-defined
 * names. SmallRye's own hash is 0 for every name without an index, so that all of them are in one bucket, which the start
 * searches from end to end for every property without a value. SmallRye Config 3.18.1 keeps these defaults in a tree: with
 * that version, this class can be deleted.
 */
@TargetClass(PropertyName.class)
final class PropertyNameHash {
    /**
     * Equal for names that SmallRye Config treats as equal: one name may have {@code *} in the place of a segment of the
     * other. The hash therefore uses only parts for which a {@code *} cannot stand: the dots and brackets outside quotes,
     * and the extension in {@code quarkus.extension}, under which Quarkus has all properties with user-defined names.
     */
    @Substitute
    static int hashCode(String name) {
        // Not a constant, since a substituted method cannot add a field.
        String quarkus = "quarkus.";
        int hash = 0;
        boolean quoted = false;
        boolean extension = name.startsWith(quarkus);
        for (int i = extension ? quarkus.length() : 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '"') quoted = !quoted;
            if (quoted) continue;
            boolean between = c == '.' || c == '[' || c == ']';
            if (between) extension = false;
            if (between || extension) hash = 31 * hash + c;
        }
        return hash;
    }
}
