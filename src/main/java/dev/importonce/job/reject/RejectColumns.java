package dev.importonce.job.reject;

import dev.importonce.job.mapping.Columns;
import dev.importonce.target.merge.Reject;
import dev.importonce.target.type.Cells;
import dev.importonce.words.Language;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of a list of rejects: those of the file, with formula guards, then row, reason, and cells that belong to no
 * column.
 */
final class RejectColumns {
    private final List<String> file;
    private final Language language;
    private final boolean corrected;
    private final int[] columns;

    /**
     * @param file the header of the imported file
     * @param language of the reasons; the names of the added columns are the same in each, since an import knows the list by them
     */
    RejectColumns(List<String> file, Language language) {
        this.language = language;
        this.file = file;
        this.corrected = Columns.corrected(file);
        // If a corrected list is rejected in part, its header has row and reason already.
        this.columns = IntStream.range(0, file.size())
                .filter(i -> !file.get(i).equals(Columns.ROW) && !file.get(i).equals(Columns.REASON))
                .toArray();
    }

    List<String> header() {
        return record(file, Columns.ROW, Columns.REASON);
    }

    List<String> record(Reject reject) {
        return record(
                reject.cells(),
                String.valueOf(reject.row()),
                reject.in(language).reason());
    }

    private List<String> record(List<String> cells, String row, String reason) {
        List<String> record = new ArrayList<>();
        for (int column : columns) record.add(column < cells.size() ? guarded(cells.get(column)) : "");
        record.add(row);
        // The header begins with the name of a column, whatever the name is.
        record.add(Cells.guard(reason));
        // These cells are after the last column, so that the row is rejected again unless the user moves them.
        for (int i = file.size(); i < cells.size(); i++) record.add(guarded(cells.get(i)));
        return record;
    }

    /** The cells of a corrected list have guards already; a second guard would remain in the value. */
    private String guarded(String cell) {
        return Cells.guard(corrected ? Cells.unguard(cell) : cell);
    }
}
