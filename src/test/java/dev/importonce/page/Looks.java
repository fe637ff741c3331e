package dev.importonce.page;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** How a view looks, in both themes, from a phone to a wall: for everybody to use, and nothing cut off. Pictures go to target/screenshots. */
final class Looks {
    private static final Path PICTURES = Path.of("target/screenshots");
    private static final String AXE = read("/axe.min.js");

    private Looks() {}

    /**
     * Looks at what the page shows now; its name is that of the pictures. The theme changes no sizes, and the width no colours: each
     * is looked at once.
     */
    static void at(Page page, String name) {
        page.setViewportSize(3840, 2160);
        assertEquals(List.of(), tooWide(page), name + " on a wall");
        look(page, name, ColorScheme.DARK, 360, 740);
        look(page, name, ColorScheme.LIGHT, 1280, 720);
    }

    /** The same in both themes on a phone only. */
    static void onAPhone(Page page, String name) {
        for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) look(page, name, theme, 360, 740);
    }

    private static void look(Page page, String name, ColorScheme theme, int width, int height) {
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
        page.setViewportSize(width, height);
        String view = "%s-%s-%d".formatted(name, theme.name().toLowerCase(Locale.ROOT), width);
        assertEquals(List.of(), tooWide(page), view);
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(PICTURES.resolve(view + ".png"))
                .setFullPage(true));
        assertEquals(List.of(), violations(page), view);
    }

    /** What reaches beyond the window, unless it scrolls by itself. */
    private static Object tooWide(Page page) {
        return page.evaluate("""
                () => {
                  const under = (root) => [...root.querySelectorAll('*')].flatMap((element) => [element, ...(element.shadowRoot ? under(element.shadowRoot) : [])]);
                  return under(document.body)
                    .filter((element) => !element.closest('.scroll') && element.getClientRects().length)
                    .filter((element) => element.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
                    .map((element) => `${element.tagName} ${element.className}`);
                }
                """);
    }

    private static Object violations(Page page) {
        // As the browser, not as the page: that may not evaluate anything.
        if (page.evaluate("typeof axe").equals("undefined")) page.evaluate(AXE);
        return page.evaluate("""
                async () => (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' ')}`)
                """);
    }

    private static String read(String resource) {
        try (InputStream in = Looks.class.getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
