package dev.importonce.target.declare;

import com.fasterxml.jackson.databind.JsonNode;
import dev.importonce.identity.Caller;
import dev.importonce.problem.Fault;
import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.words.Sentence;
import io.quarkus.arc.All;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** All targets: those that are a part of the service, and those that operators have declared. */
@ApplicationScoped
public class Targets implements TargetLookup {
    /** Largest declaration, in bytes of UTF-8. */
    public static final int MAX_BYTES = 512 * 1024;

    private final List<Target> builtIn;
    private final StoredTargets stored;
    private final DeclaredTables tables;
    private final Catalogue catalogue;
    private final Distribution distribution;

    Targets(
            @All List<Target> builtIn,
            StoredTargets stored,
            DeclaredTables tables,
            Catalogue catalogue,
            Distribution distribution) {
        this.distribution = distribution;
        this.builtIn =
                builtIn.stream().sorted(Comparator.comparing(Target::name)).toList();
        this.stored = stored;
        this.tables = tables;
        this.catalogue = catalogue;
    }

    /** Those that are a part of the service, by name. */
    public List<Target> builtIn() {
        return builtIn;
    }

    /** A target that is a part of the service. */
    public Optional<Target> builtIn(String name) {
        return builtIn.stream().filter(target -> target.name().equals(name)).findFirst();
    }

    @Override
    public Optional<Target> find(String name) {
        Optional<Target> known = builtIn(name);
        return known.isPresent() ? known : stored.find(name);
    }

    @Override
    public List<Target> all() {
        List<Target> all = new ArrayList<>(builtIn);
        all.addAll(stored.list());
        all.sort(Comparator.comparing(Target::name));
        return all;
    }

    /** Whether the caller may import into the target: rows that belong to nobody are for services alone. */
    public static boolean mayImport(Caller caller, Target target) {
        return target.isOwned() || caller.service() || caller.isLocal();
    }

    /** The targets that the caller may import into, by name. */
    public Stream<Target> importable(Caller caller) {
        return all().stream().filter(target -> mayImport(caller, target));
    }

    /** The target of that name; a problem (404) if the caller may not import into it, or if there is none. */
    public Target importable(Caller caller, String name) {
        return find(name).filter(target -> mayImport(caller, target)).orElseThrow(() -> unknown(name));
    }

    /** The problem of a name that no target has. */
    public static ProblemException unknown(String name) {
        return new ProblemException(ProblemType.NOT_FOUND, Sentence.of("no-such-target", name));
    }

    /** The declaration of that name, as it was sent. */
    public Optional<String> declaration(String name) {
        return stored.json(name);
    }

    /** Stores a declaration, unless it has faults or its table is not as it says. */
    public Declared declare(String name, JsonNode document) {
        DeclarationReader.Outcome read = DeclarationReader.read(document);
        List<Fault> faults = new ArrayList<>(read.faults());
        if (builtIn(name).isPresent()) faults.add(Fault.at("/name", Sentence.of("target-of-service", name)));
        if (read.declaration() != null) {
            if (!read.declaration().name().equals(name))
                faults.add(Fault.at("/name", Sentence.of("name-not-of-address", name)));
            faults.addAll(tables.faults(read.declaration()));
        }
        if (faults.isEmpty())
            faults.addAll(distribution.place(
                    read.declaration(), document.path("distribute").asBoolean()));
        if (!faults.isEmpty()) return new Declared(false, faults);
        return new Declared(stored.put(name, document.toString()), List.of());
    }

    /** By name of a declared target whose table is no longer as declared, what does not fit. */
    public Map<String, List<Fault>> unfit() {
        Map<String, List<Fault>> unfit = new LinkedHashMap<>();
        for (Target target : stored.list()) {
            List<Fault> faults = tables.faults(target.declaration());
            if (!faults.isEmpty()) unfit.put(target.name(), faults);
        }
        return unfit;
    }

    /** Removes a declaration; jobs that have been submitted keep theirs. */
    public boolean remove(String name) {
        return stored.remove(name);
    }

    /** A draft of a declaration for a table; the faults say why there is none. */
    public Drafted draft(String table) {
        List<Fault> faults = new ArrayList<>();
        Optional<CatalogueTable> found = tables.find(table, faults);
        return new Drafted(
                found.map(each -> Discovery.of(each, catalogue::table)).orElse(null), faults);
    }

    /**
     * What became of a declaration.
     *
     * @param created whether there was none of that name
     * @param faults why it was not stored; empty: it was
     */
    public record Declared(boolean created, List<Fault> faults) {}

    /**
     * What became of a draft.
     *
     * @param discovery null if there are faults
     * @param faults why there is none
     */
    public record Drafted(Discovery discovery, List<Fault> faults) {}
}
