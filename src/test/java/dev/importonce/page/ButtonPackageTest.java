package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.microsoft.playwright.Page;
import dev.importonce.fixture.Ended;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.Node;
import dev.importonce.fixture.Service;
import dev.importonce.fixture.TestPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The npm package of the button, and the examples of pages that use it, as their own tools build them. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class ButtonPackageTest extends InChromium {
    private String site = "none";

    @Override
    boolean mayAsk(String url) {
        return url.startsWith(site) || url.startsWith(service());
    }

    @Test
    void the_package_has_everything_it_names_and_is_small() throws IOException {
        String packed = Node.passes("npm", "pack", Node.button().toString(), "--pack-destination", ".", "--json")
                .output();
        for (String file : List.of(
                "index.d.ts",
                "elements/index.js",
                "elements/texts/ar.js",
                "react.js",
                "react.d.ts",
                "client.js",
                "client.d.ts",
                "openapi.d.ts",
                "custom-elements.json",
                "README.md",
                "LICENSE")) assertTrue(packed.contains('"' + file + '"'), file);
        long bytes = Files.size(Node.folder().resolve("importonce-button-0.1.0.tgz"));
        System.out.printf("the package of the button: %d bytes%n", bytes);
        assertTrue(bytes < 100_000, bytes + " bytes");
        // Whoever uses it with TypeScript has types for everything.
        Path use = Node.folder().resolve("use.mts");
        Files.writeString(use, """
                import { ImportOnceButton, type FixedMapping } from '@importonce/button'
                import { ImportOnceButton as InReact } from '@importonce/button/react'
                import { ImportOnce, type Mapping } from '@importonce/button/client'
                import type { paths } from '@importonce/button/openapi'
                const fixed: FixedMapping = { fields: { email: 'Mail' }, onExisting: 'skip' }
                const button: ImportOnceButton = document.createElement('import-once-button')
                button.mapping = fixed
                button.getToken = async () => 'token'
                button.addEventListener('import-completed', ({ detail }) => detail.progress.inserted.toFixed())
                const client = new ImportOnce({ url: '', token: async () => 'token' })
                const products: Mapping = { target: 'products', fields: { sku: 'Item no' }, onBlank: 'clear' }
                // @ts-expect-error the description of the API has no such choice
                const wrong: Mapping = { ...products, onBlank: 'ask' }
                client.run(new Blob([]), products).then(({ created }) => created === true)
                client.job('id').then(({ progress, undo }) => progress.percent + (undo?.kept.length ?? 0))
                export type Contacts = paths['/api/contacts']['get']
                export const used = [InReact, wrong]
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
        Path copy = Example.copied("html");
        Path page = copy.resolve("index.html");
        Files.writeString(page, Files.readString(page).replace("http://localhost:8080", service()));
        imports(copy, "html");
    }

    @Test
    void the_example_of_react_and_vite_imports() {
        Path folder = Example.built("react-vite", Map.of("VITE_IMPORTONCE_URL", service()));
        imports(folder.resolve("dist"), "react");
    }

    /** Only if asked for: the packages of Next.js have 330 MB, and are installed and run in two minutes. */
    @Test
    void the_example_of_next_js_imports() {
        if (!Boolean.getBoolean("importonce.test.nextjs"))
            Ended.skip("the example of Next.js; run it with -Dimportonce.test.nextjs=true");
        Node.add("next@16.4.6");
        Map<String, String> environment =
                Map.of("NEXT_PUBLIC_IMPORTONCE_URL", service(), "NEXT_TELEMETRY_DISABLED", "1");
        Example.built("nextjs", environment);
        int port = Service.freePort();
        Node.Server next = Node.serve(
                environment,
                "Ready in",
                "node",
                "node_modules/next/dist/bin/next",
                "start",
                "nextjs",
                "--hostname=127.0.0.1",
                "--port=" + port);
        try {
            imports("http://127.0.0.1:" + port + "/", "next");
        } finally {
            next.close();
        }
    }

    private void imports(Path folder, String name) {
        try (OtherSite site = OtherSite.withFiles(base, folder)) {
            imports(site.address(), name);
        }
    }

    private void imports(String address, String name) {
        site = address;
        Page page = profile.newPage();
        page.navigate(address);
        button(page, "Import contacts").click();
        choose(page, name + ".csv", Imports.csv("ann@" + name + ".example,Ann,Lee"));
        importButton(page).click();
        assertThat(count(page, "inserted")).hasText("1");
        assertThat(page.locator("main > p[role=status]")).hasText("1 new contacts");
    }

    private String service() {
        return "http://localhost:" + base.getPort();
    }
}
