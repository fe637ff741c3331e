package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The npm package of the button, and the examples of pages that use it, as their own tools build them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ButtonPackageTest extends InChromium {
    private static final Path CLIENT = Path.of("supabase-compat/client").toAbsolutePath();
    private static final String PACKAGE = "node_modules/@importonce/button";

    private OtherSite site;

    @Override
    boolean mayAsk(String url) {
        return site != null && (url.startsWith(site.address()) || url.startsWith(site.service()));
    }

    @Test
    void the_package_has_everything_it_names_and_is_small() throws IOException {
        Path folder = built();
        String packed = Node.passes("npm", "pack", "./" + PACKAGE, "--pack-destination", ".", "--json")
                .output();
        for (String file : List.of(
                "index.d.ts",
                "elements/index.js",
                "elements/texts/ar.js",
                "react.js",
                "react.d.ts",
                "client.js",
                "client.d.ts",
                "custom-elements.json",
                "README.md",
                "LICENSE")) assertTrue(packed.contains('"' + file + '"'), file);
        long bytes = Files.size(folder.getParent().getParent().getParent().resolve("importonce-button-0.1.0.tgz"));
        System.out.printf("the package of the button: %d bytes%n", bytes);
        assertTrue(bytes < 100_000, bytes + " bytes");
        // Whoever uses it with TypeScript has types for everything.
        Path use = folder.getParent().getParent().getParent().resolve("use.mts");
        Files.writeString(use, """
                import { ImportOnceButton, type FixedMapping } from '@importonce/button'
                import { ImportOnceButton as InReact } from '@importonce/button/react'
                import { ImportOnce } from '@importonce/button/client'
                const fixed: FixedMapping = { fields: { email: 'Mail' }, onExisting: 'skip' }
                const button: ImportOnceButton = document.createElement('import-once-button')
                button.mapping = fixed
                button.getToken = async () => 'token'
                button.addEventListener('import-completed', ({ detail }) => detail.progress.inserted.toFixed())
                export const used = [InReact, new ImportOnce({ url: '' }).job]
                """);
        Node.passes(
                "node",
                "node_modules/typescript/bin/tsc",
                "--noEmit",
                "--strict",
                "--skipLibCheck",
                "--target",
                "es2022",
                "--module",
                "es2022",
                "--moduleResolution",
                "bundler",
                use.toString());
    }

    @Test
    void the_example_of_plain_html_imports() throws IOException {
        Path copy = Files.createTempDirectory("importonce-html");
        copy(CLIENT.resolve("examples/html"), copy);
        Path page = copy.resolve("index.html");
        Files.writeString(
                page, Files.readString(page).replace("http://localhost:8080", "http://localhost:" + base.getPort()));
        imports(copy, "html");
    }

    @Test
    void the_example_of_react_and_vite_imports() throws IOException {
        Path folder = built().getParent().getParent().getParent();
        Path example = folder.resolve("react-vite");
        copy(CLIENT.resolve("examples/react-vite"), example);
        Node.passes(
                Map.of("VITE_IMPORTONCE_URL", "http://localhost:" + base.getPort()),
                "node",
                "node_modules/vite/bin/vite.js",
                "build",
                "react-vite");
        imports(example.resolve("dist"), "react");
    }

    private void imports(Path folder, String name) {
        try (OtherSite opened = OtherSite.withFiles(base, folder)) {
            site = opened;
            Page page = profile.newPage();
            page.navigate(site.address());
            button(page, "Import contacts").click();
            choose(page, name + ".csv", Imports.csv("ann@" + name + ".example,Ann,Lee"));
            importButton(page).click();
            assertThat(count(page, "inserted")).hasText("1");
            assertEquals("1 new contacts", page.locator("main > p[role=status]").textContent());
        }
    }

    /** The package where its users have it. */
    private static Path built() {
        Node.passes("node", CLIENT.resolve("button/build.mjs").toString(), PACKAGE);
        return Node.folder().resolve(PACKAGE);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                Files.createDirectories(target.getParent());
                Files.write(target, Files.readAllBytes(file));
            }
        }
    }
}
