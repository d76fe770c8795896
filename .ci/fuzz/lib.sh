# Sourced by run and keep, which work in the project's root.

. .mvn/jdk.sh
work=target/fuzz

# The targets, each as MODULE:CLASS, such as gateway/core:dev.backplane.core.http.JsonFuzzTest; $@: names of those to take.
targets() {
  find gateway plugins -path '*/src/test/java/*FuzzTest.java' |
    sed -n 's#^\(.*\)/src/test/java/\(.*\)\.java$#\1:\2#p' | tr / . | sed 's#^gateway\.#gateway/#; s#^plugins\.#plugins/#' | sort |
    if [ $# = 0 ]; then cat; else grep -E "\.($(IFS='|' && echo "$*"))\$"; fi
}

# Compiles the targets, if they are not, and notes the class paths of their modules, and that of the fuzzer by itself: with it
# among theirs, Maven would compile everything again.
compile() {
  local modules maven
  modules=$(targets | cut -d: -f1 | sort -u | paste -sd,)
  maven=(./mvnw --batch-mode --no-transfer-progress --quiet)
  "${maven[@]}" --projects "$modules" --also-make test-compile dependency:build-classpath -Dmdep.outputFile=target/fuzz.classpath
  "${maven[@]}" --non-recursive -Pfuzz dependency:build-classpath -Dmdep.outputFile="$work/jazzer.classpath"
}

# Runs the fuzzer on target $1 in the working directory of that target; the rest is for the fuzzer.
# What is not ours, and does not read, is not watched: that makes a start much shorter. Schemas have regular expressions, whose
# work is bounded, so that none of them is an injection.
jazzer() {
  local root=$PWD module=${1%%:*} class=${1##*:}
  shift
  mkdir -p "$work/${class##*.}"
  cd "$work/${class##*.}"
  "$JAVA_HOME/bin/java" -Xmx512m -Xss2m -XX:+UseSerialGC -XX:+EnableDynamicAgentLoading --enable-native-access=ALL-UNNAMED \
    --sun-misc-unsafe-memory-access=allow -Dorg.slf4j.simpleLogger.defaultLogLevel=off \
    -cp "$root/$module/target/test-classes:$root/$module/target/classes:$(<"$root/$module/target/fuzz.classpath"):$(<"$root/$work/jazzer.classpath")" \
    com.code_intelligence.jazzer.Jazzer --target_class="$class" \
    --instrumentation_includes='dev.backplane.**:tools.jackson.core.**:org.snakeyaml.**:dev.harrel.**:com.nimbusds.**' \
    --custom_hook_excludes='org.assertj.**:net.bytebuddy.**:org.junit.**:com.networknt.**:com.google.**' \
    --disabled_hooks=com.code_intelligence.jazzer.sanitizers.RegexInjection \
    -max_len=4096 -timeout=25 -rss_limit_mb=2000 "$@"
}
