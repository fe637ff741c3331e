package dev.importonce.page;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import dev.importonce.fixture.Database;
import dev.importonce.fixture.Imports;
import dev.importonce.fixture.TestPostgres;
import dev.importonce.fixture.WithTokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The example of a page whose users sign in with Supabase. */
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
@TestProfile(WithTokens.class)
class SupabaseExampleTest extends InChromium {
    Database database;
    private final UUID ann = UUID.randomUUID();
    private List<String> others = List.of();

    @Override
    boolean mayAsk(String url) {
        return others.stream().anyMatch(url::startsWith);
    }

    @Test
    void whoever_signs_in_with_supabase_imports_as_that_user() {
        try (SupabaseAuth auth = SupabaseAuth.of(ann)) {
            Path folder = Example.built(
                    "supabase",
                    Map.of(
                            "VITE_SUPABASE_URL",
                            auth.address(),
                            "VITE_SUPABASE_ANON_KEY",
                            "public-key",
                            "VITE_IMPORTONCE_URL",
                            "http://localhost:" + base.getPort()));
            try (OtherSite site = OtherSite.withFiles(base, folder.resolve("dist"), auth.address())) {
                others = List.of(site.address(), site.service(), auth.address());
                Page page = profile.newPage();
                page.navigate(site.address());
                assertThat(button(page, "Import contacts")).isHidden();
                signIn(page, "wrong");
                assertThat(page.getByText("Invalid login credentials")).isVisible();
                signIn(page, "swordfish");

                button(page, "Import contacts").click();
                choose(page, "supabase.csv", Imports.csv("ann@supabase.example,Ann,Lee"));
                importButton(page).click();

                assertThat(count(page, "inserted")).hasText("1");
                assertThat(page.locator("main > p[role=status]")).hasText("1 new contacts");
                assertEquals(
                        List.of(List.of(ann)),
                        database.rows("select user_id from migration_jobs where file_name = 'supabase.csv'"));
                assertEquals(
                        List.of("grant_type=password", "grant_type=password", "grant_type=refresh_token"),
                        auth.asked());
            }
        }
    }

    private static void signIn(Page page, String password) {
        page.getByLabel("E-mail").fill("ann@example.com");
        page.getByLabel("Password").fill(password);
        button(page, "Sign in").click();
    }
}
