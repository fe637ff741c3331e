package dev.importonce.platform;

import dev.importonce.integrity.Doctor;
import io.quarkus.runtime.QuarkusApplication;

/** {@code doctor}: exit code 1 when something is wrong. */
public class RunDoctor implements QuarkusApplication {
    private final Doctor doctor;

    /** @param doctor the checks of the configured database */
    public RunDoctor(Doctor doctor) {
        this.doctor = doctor;
    }

    @Override
    public int run(String... args) {
        return doctor.run(System.out) ? 0 : 1;
    }
}
