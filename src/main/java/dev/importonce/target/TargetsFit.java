package dev.importonce.target;

import dev.importonce.integrity.Inspection;
import dev.importonce.problem.Fault;
import dev.importonce.target.declare.Targets;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;

/** Whether the tables of the declared targets are still as declared: if not, the next import into them fails. */
@ApplicationScoped
class TargetsFit implements Inspection {
    private final Targets targets;

    TargetsFit(Targets targets) {
        this.targets = targets;
    }

    @Override
    public String name() {
        return "declared-targets-fit";
    }

    @Override
    public List<String> tables() {
        return List.of("import_targets");
    }

    @Override
    public List<String> faults() {
        List<String> faults = new ArrayList<>();
        targets.unfit()
                .forEach((name, unfit) -> faults.add(name + ": "
                        + unfit.stream()
                                .map(Fault::detail)
                                .reduce((one, other) -> one + " " + other)
                                .orElseThrow()));
        return faults;
    }
}
