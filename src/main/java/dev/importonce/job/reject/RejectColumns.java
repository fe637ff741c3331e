package dev.importonce.job.reject;

import dev.importonce.job.mapping.Columns;
import dev.importonce.load.Cells;
import dev.importonce.load.Reject;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What a list of rejects has side by side: the columns of the file, guarded, then row, reason, and the cells that no column has. */
final class RejectColumns {
    private final List<String> file;
    private final boolean corrected;
    private final int[] columns;

    /** @param file the header of the file that the rejects are of */
    RejectColumns(List<String> file) {
        this.file = file;
        this.corrected = Columns.corrected(file);
        // A corrected list that is rejected in part has row and reason already.
        this.columns = IntStream.range(0, file.size())
                .filter(i -> !file.get(i).equals(Columns.ROW) && !file.get(i).equals(Columns.REASON))
                .toArray();
    }

    List<String> header() {
        return record(file, Columns.ROW, Columns.REASON);
    }

    List<String> record(Reject reject) {
        return record(reject.cells(), String.valueOf(reject.row()), reject.reason());
    }

    private List<String> record(List<String> cells, String row, String reason) {
        List<String> record = new ArrayList<>();
        for (int column : columns) record.add(column < cells.size() ? guarded(cells.get(column)) : "");
        record.add(row);
        // It begins with the name of a column, whatever that is.
        record.add(Cells.guard(reason));
        // Where no column is, so that the row is rejected again unless they are moved.
        for (int i = file.size(); i < cells.size(); i++) record.add(guarded(cells.get(i)));
        return record;
    }

    /** The cells of a corrected list have guards already: a second one would stay in the value. */
    private String guarded(String cell) {
        return Cells.guard(corrected ? Cells.unguard(cell) : cell);
    }
}
