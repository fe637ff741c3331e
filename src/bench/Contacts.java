import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/** Writes a CSV file of random contacts to standard output: {@code java Contacts.java <rows> <seed>}. */
class Contacts {
    public static void main(String... args) throws IOException {
        long rows = Long.parseLong(args[0]);
        Random random = new Random(Long.parseLong(args[1]));
        try (BufferedWriter out =
                new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8), 1 << 20)) {
            out.write("email,first_name,last_name,phone,company\n");
            for (long row = 0; row < rows; row++) {
                // The row number keeps addresses unique, the random part keeps them unsorted.
                String name = Long.toString(random.nextLong() >>> 16, 36);
                out.write(name + "." + row + "@example.com,First" + random.nextInt(5000) + ",Last" + random.nextInt(50000)
                        + ",+49 " + (100_000_000 + random.nextInt(900_000_000)) + ",Company " + random.nextInt(1000) + "\n");
            }
        }
    }
}
