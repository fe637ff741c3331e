package dev.importonce.platform;

import static io.restassured.RestAssured.given;

import java.util.OptionalDouble;

/** What the metrics page says. */
public final class Metrics {
    private Metrics() {}

    /** The value of a metric, named with its labels; empty where there is none yet. */
    public static OptionalDouble figure(String name) {
        return given().get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line ->
                        Double.parseDouble(line.substring(name.length() + 1).split(" ")[0]))
                .findFirst();
    }
}
