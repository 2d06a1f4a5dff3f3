class Wangge < Formula
  desc "Checks a grid-governance standard system against T/CSSG 001 and T/CA 007"
  homepage "@REPOSITORY@"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@DOWNLOADS@/wangge-@VERSION@-aarch64-apple-darwin.tar.gz"
      sha256 "@SHA256:aarch64-apple-darwin.tar.gz@"
    end
  end

  on_linux do
    on_intel do
      url "@DOWNLOADS@/wangge-@VERSION@-linux-x86_64.tar.gz"
      sha256 "@SHA256:linux-x86_64.tar.gz@"
    end
    on_arm do
      url "@DOWNLOADS@/wangge-@VERSION@-linux-aarch64.tar.gz"
      sha256 "@SHA256:linux-aarch64.tar.gz@"
    end
  end

  def install
    bin.install "wangge"
    generate_completions_from_executable(bin/"wangge", "completions")
  end

  test do
    assert_match version.to_s, shell_output("#{bin}/wangge --version")
  end
end
