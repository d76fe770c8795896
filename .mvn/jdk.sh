# Sets JAVA_HOME to a JDK 21 or newer: the one it names already, or else the newest that is installed.
# Sourced by mvnw, because a machine's default `java` is often older than what the build needs.
# POSIX sh; the caller may have globbing off. Prints nothing unless there is no such JDK.

# The feature version of the JDK in directory $1, or nothing when that is no JDK.
backplane_jdk_version() {
  [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 0
  sed -n 's/^JAVA_VERSION="\([0-9][0-9]*\).*/\1/p' "$1/release"
}

# The newest JDK 21 or newer among the places where installers put them, or nothing.
backplane_newest_jdk() (
  set +f
  on_path=$(command -v javac 2>/dev/null) && on_path=$(readlink -f "$on_path" 2>/dev/null) || on_path=
  newest=20
  found=
  for jdk in \
    "${on_path%/bin/javac}" \
    /usr/lib/jvm/* /usr/lib64/jvm/* /usr/java/* /usr/local/java/* /opt/java/* /opt/jdk* \
    "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.asdf/installs/java/* \
    "$HOME"/.local/share/mise/installs/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home \
    "$HOME"/Library/Java/JavaVirtualMachines/*/Contents/Home \
    /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
    /usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
    version=$(backplane_jdk_version "$jdk")
    if [ "${version:-0}" -gt "$newest" ]; then
      newest=$version
      found=$jdk
    fi
  done
  printf '%s\n' "$found"
)

backplane_version=$(backplane_jdk_version "${JAVA_HOME-}")
if [ "${backplane_version:-0}" -lt 21 ]; then
  backplane_jdk=$(HOME=${HOME:-/nonexistent} backplane_newest_jdk)
  if [ -z "$backplane_jdk" ]; then
    echo "Backplane needs a JDK 21 or newer and found none: install one, for example Eclipse Temurin 25, or set JAVA_HOME to where it is." >&2
    exit 1
  fi
  JAVA_HOME=$backplane_jdk
  export JAVA_HOME
fi
unset backplane_version backplane_jdk
