#!/usr/bin/env bash
# Writes exactly the content of the container image into a folder: deploy/container/rootfs.sh native|jvm DIR
# The Dockerfiles copy that folder, run.sh starts it. Run it after ./mvnw package (-Dnative, or -Dquarkus.package.jar.type=aot-jar). jvm
# needs JAVA_HOME, a JDK 25 or later. Prints the size of each part.
set -euo pipefail

fail() { echo "$*" >&2; exit 1; }
[[ $# -eq 2 && $1 =~ ^(native|jvm)$ ]] || fail "usage: $0 native|jvm DIR"
kind=$1
project=$(cd "$(dirname "$0")/../.." && pwd)
if [[ -e $2 ]]; then
    [[ -e $2/opt/importonce || -z $(ls -A "$2") ]] || fail "$2 is in the way: it is no root file system of ours"
    rm -rf "$2"
fi
mkdir -p "$2"
root=$(cd "$2" && pwd)
home=$root/opt/importonce
mkdir -p "$home" "$root/etc/ssl/certs"
# The only folder to which the service writes: mount a writable volume there if the rest is read-only.
install -d -m 1777 "$root/tmp"

echo 'importonce:x:65532:65532::/:/nonexistent' >"$root/etc/passwd"
echo 'importonce:x:65532:' >"$root/etc/group"
echo 'hosts: files dns' >"$root/etc/nsswitch.conf"
# For sslrootcert= in the JDBC URL; the Java runtimes have their own certificates.
for bundle in /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt; do
    [[ ! -f $bundle ]] || { cp -L "$bundle" "$root/etc/ssl/certs/ca-certificates.crt" && break; }
done

# Every library that a program or library in the folder needs, at the path where its loader finds it here.
libraries() {
    local file needed
    while read -r file; do
        needed=$(LD_LIBRARY_PATH="$2" ldd "$file" 2>/dev/null) || continue
        [[ $needed != *'not found'* ]] || fail "$file: $needed"
        awk '/=> \// { print $3 } $1 ~ /^\/.*ld-/ { print $1 }' <<<"$needed"
    done < <(find "$1" -type f \( -perm -u+x -o -name '*.so' \)) | grep -v "^$root" | sort -u | while read -r file; do
        mkdir -p "$root$(dirname "$file")"
        cp -L "$file" "$root$file"
        # For the resolution of host names: older C libraries load these libraries by name.
        [[ $(basename "$file") != libc.so.* ]] || for by_name in libnss_files.so.2 libnss_dns.so.2 libresolv.so.2; do
            [[ ! -f $(dirname "$file")/$by_name ]] || cp -L "$(dirname "$file")/$by_name" "$root$(dirname "$file")/"
        done
    done
}

native() {
    local binary
    binary=$(ls "$project"/target/*-runner 2>/dev/null) || fail "There is no target/*-runner: ./mvnw package -Dnative"
    install -m 755 "$binary" "$home/importonce"
    libraries "$home" ''
}

jvm() {
    local java=${JAVA_HOME:?set it to a JDK 25 or later} app=$project/target/quarkus-app version
    [[ -f $app/quarkus-run.jar ]] || fail "There is no $app: ./mvnw package -Dquarkus.package.jar.type=aot-jar"
    (cd "$root" && "$java/bin/jar" xf "$app/quarkus-run.jar" META-INF/MANIFEST.MF)
    grep -q AotQuarkusEntryPoint "$root/META-INF/MANIFEST.MF" \
        || fail "$app is not made for an AOT cache: ./mvnw package -Dquarkus.package.jar.type=aot-jar"
    rm -r "$root/META-INF"
    version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$java/release")
    [[ $version -ge 25 ]] || fail "$java is a JDK $version; an AOT cache of this kind needs 25 or later"
    # jdk.charsets: files may have any encoding. java.desktop: for java.beans. The others are also needed at run time.
    "$java/bin/jlink" --output "$root/opt/java" --no-header-files --no-man-pages --strip-java-debug-attributes \
        --add-modules java.base,java.compiler,java.desktop,java.instrument,java.logging,java.management,java.naming \
        --add-modules java.net.http,java.rmi,java.scripting,java.security.jgss,java.sql,java.transaction.xa,java.xml \
        --add-modules jdk.charsets,jdk.jfr,jdk.management,jdk.naming.dns,jdk.unsupported,jdk.zipfs
    # Libraries for graphics and sound.
    rm -f "$root"/opt/java/lib/lib{awt_xawt,jawt,splashscreen,fontmanager,freetype,javajpeg,lcms,mlib_image,jsound}.so
    cp -r "$app" "$home/"
    # The PostgreSQL archives of local mode: a container uses an external database.
    rm -f "$home"/quarkus-app/lib/main/io.zonky.test.postgres.*.jar
    # ArchiveRelocationMode: if the cache is mapped at the address for which it was made, its pages are shared with the file,
    # which saves 40 MB of memory. AOTAdapterCaching: otherwise JDK 25 warns at every start that some of the stored adapters
    # do not fit. TieredStopAtLevel: the second compiler takes a third of a start's CPU time, and saves only a tenth of the
    # Java time of an import.
    cat >"$home/java.options" <<OPTIONS
-XX:AOTCache=/opt/importonce/app.aot
-XX:+UnlockDiagnosticVMOptions
-XX:ArchiveRelocationMode=0
-XX:-AOTAdapterCaching
-XX:TieredStopAtLevel=1
-XX:+UseSerialGC
-XX:MaxRAMPercentage=50
-XX:-UsePerfData
-XX:+ExitOnOutOfMemoryError
-jar /opt/importonce/quarkus-app/quarkus-run.jar
OPTIONS
    libraries "$root/opt/java" "$root/opt/java/lib:$root/opt/java/lib/server"
    # The cache is valid only for files with the same modification times; layers of an image keep only whole seconds.
    find "$root/opt" -exec touch -h -d @1767225600 {} +
    local trained=("$root/opt/java/bin/java")
    while read -r option; do
        # shellcheck disable=SC2206
        [[ $option == -XX:AOTCache=* ]] || trained+=(${option//\/opt\/importonce/$home})
    done <"$home/java.options"
    "$java/bin/java" -cp "$app/lib/main/*" "$project/deploy/container/Train.java" "$home/app.aot" "${trained[@]}" \
        >"$project/target/train.log" 2>&1 || { tail -n 20 "$project/target/train.log" >&2; fail "The training failed."; }
}

$kind
(cd "$root" && find . -mindepth 2 -maxdepth 3 -path './opt/*' -exec du -sm --apparent-size {} + | sort -rn | awk '$1 > 0')
echo "$(du -sm --apparent-size "$root" | cut -f1) MB in $root"
