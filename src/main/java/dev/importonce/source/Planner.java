package dev.importonce.source;

import dev.importonce.problem.ProblemException;
import dev.importonce.problem.ProblemType;
import dev.importonce.source.block.BlockStore;
import dev.importonce.source.block.Reading;
import dev.importonce.source.detect.CodePages;
import dev.importonce.source.detect.Encodings;
import dev.importonce.source.detect.Foreign;
import dev.importonce.source.detect.Guess;
import dev.importonce.source.detect.Undecodable;
import dev.importonce.source.format.Format;
import dev.importonce.source.format.FormatHint;
import dev.importonce.source.format.NotPlain;
import dev.importonce.words.Sentence;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Decides how bytes are read, by the detected format and the sender's hints. */
@ApplicationScoped
public class Planner {
    /** Problems of one sheet of a workbook; another sheet may be readable. */
    private static final Set<ProblemType> OF_ONE_SHEET =
            EnumSet.of(ProblemType.EMPTY_FILE, ProblemType.NO_DATA_ROWS, ProblemType.DUPLICATE_HEADER);

    private final BlockStore store;
    private final SourceStore sources;
    private final Renderer renderer;
    private final Readings readings;

    Planner(BlockStore store, SourceStore sources, Renderer renderer, Readings readings) {
        this.readings = readings;
        this.store = store;
        this.sources = sources;
        this.renderer = renderer;
    }

    /**
     * The plan of received bytes.
     *
     * @throws ProblemException when the bytes cannot be read in this way
     */
    public Planned plan(Received received, FormatHint hint) {
        Foreign.refuse(received.sample().start());
        Supplier<InputStream> bytes = () -> store.open(received.raw());
        Guess guess = guess(() -> readings.begin(bytes, received.bytes(), received.format()), received.format(), hint);
        Format asked = asked(hint, received.format(), received.sample(), guess);
        Format first = asked;
        if (asked.equals(received.format())) {
            if (received.direct() != null) return new Planned(asked, received.direct(), null);
            if (received.refusal() instanceof NotPlain odd) first = odd.as(asked);
            else if (received.refusal() != null) throw received.refusal();
        }
        Supplier<Reading> reading = () -> readings.begin(bytes, received.bytes(), asked);
        Format begin = first;
        return sources.find(received.userId(), received.sha256())
                .flatMap(source -> sources.rendition(source, asked))
                .map(plan -> new Planned(asked, plan, null))
                .orElseGet(() -> read(received.userId(), reading, received.sample(), asked, begin))
                .guessed(guess, hint);
    }

    /**
     * The plan of received bytes by the detected format, or null if they cannot be read like that, but perhaps in another
     * encoding or from another sheet.
     *
     * @throws ProblemException when the bytes cannot be read in any way
     */
    Planned planAsDetected(Received received) {
        try {
            return plan(received, FormatHint.NONE);
        } catch (Undecodable e) {
            return null;
        } catch (ProblemException e) {
            boolean ofOneSheet = received.format().type().equals(Format.XLSX) && OF_ONE_SHEET.contains(e.type());
            if (!ofOneSheet) throw e;
            return null;
        }
    }

    /** The names of a workbook's sheets, in its order; none for any other file. */
    List<String> sheets(Source source) {
        return source.format().type().equals(Format.XLSX)
                ? renderer.sheets(reading(source, source.format()), source.format())
                : List.of();
    }

    /**
     * The plan of a source: an existing one, or a new one.
     *
     * @throws ProblemException when the source cannot be read in this way
     */
    public Planned plan(Source source, FormatHint hint) {
        if (source.plan() != null && hint.equals(FormatHint.NONE))
            return new Planned(source.format(), source.plan(), null);
        UUID user = source.userId();
        int length = (int) Math.min(source.bytes(), Sample.BYTES);
        Sample sample = new Sample(store.read(user, source.uploadId(), 0, length));
        Foreign.refuse(sample.start());
        Format detected = source.plan() == null ? detectedAgain(source, sample) : source.format();
        Guess guess = guess(() -> reading(source, detected), detected, hint);
        Format asked = asked(hint, detected, sample, guess);
        if (source.plan() != null && asked.equals(detected)) return new Planned(asked, source.plan(), null);
        return sources.rendition(source, asked)
                .map(plan -> new Planned(asked, plan, null))
                .orElseGet(() -> read(user, () -> reading(source, asked), sample, asked, asked))
                .guessed(guess, hint);
    }

    /**
     * Detects the format again, since an older version may have found another one; keeps what that version has learned from
     * the bytes after the sample.
     */
    private static Format detectedAgain(Source source, Sample sample) {
        return source.format().encoding() == null
                ? sample.format(FormatHint.NONE)
                : sample.formatIn(source.format().charset(), FormatHint.NONE);
    }

    private Reading reading(Source source, Format format) {
        return readings.begin(() -> store.open(source.userId(), source.uploadId()), source.bytes(), format);
    }

    /** @param first the format of the first attempt; CSV may turn out to be of another kind */
    private Planned read(UUID userId, Supplier<Reading> readings, Sample sample, Format asked, Format first) {
        if (sample.bytes().length == 0) throw new ProblemException(ProblemType.EMPTY_FILE, Sentence.of("no-bytes"));
        try {
            return renderer.read(userId, readings, asked, first, sample.markLength());
        } catch (Undecodable e) {
            throw asked.isGzip() ? e : e.guessing(around(readings.get(), e.offset()));
        }
    }

    private static byte[] around(Reading reading, long offset) {
        try (InputStream in = reading.open()) {
            in.skipNBytes(Math.max(0, offset - Sample.BYTES / 2));
            return in.readNBytes(Sample.BYTES);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The encoding by all the bytes, if the sender has not named it and the sample does not determine it; otherwise null.
     * Bytes after the sample may be decisive.
     */
    private Guess guess(Supplier<Reading> reading, Format detected, FormatHint hint) {
        if (isTold(hint, detected) || !Encodings.isCodePage(detected.charset())) return null;
        return CodePages.guess(renderer.evidence(reading.get(), detected));
    }

    /**
     * The format with the sender's hints; all other properties are as detected, also an encoding that was recognised only
     * after the sample.
     */
    private static Format asked(FormatHint hint, Format detected, Sample sample, Guess guess) {
        if (guess != null) return sample.formatIn(guess.charset(), hint);
        if (hint.equals(FormatHint.NONE)) return detected;
        return isTold(hint, detected) ? sample.format(hint) : sample.formatIn(detected.charset(), hint);
    }

    /** Whether the sender has named the encoding, or the format has none. */
    private static boolean isTold(FormatHint hint, Format detected) {
        return hint.encoding() != null || detected.encoding() == null;
    }
}
