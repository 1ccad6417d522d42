# Homebrew: a formula for a tap.
class Resume < Formula
  desc "One career in YAML, every PDF it needs"
  homepage "https://github.com/OWNER/resume"
  version "@VERSION@"
  license any_of: ["MIT", "Apache-2.0"]

  on_macos do
    on_arm do
      url "@BASE@/resume-aarch64-apple-darwin.tar.xz"
      sha256 "@SHA256 resume-aarch64-apple-darwin.tar.xz@"
    end
    on_intel do
      url "@BASE@/resume-x86_64-apple-darwin.tar.xz"
      sha256 "@SHA256 resume-x86_64-apple-darwin.tar.xz@"
    end
  end

  on_linux do
    on_arm do
      url "@BASE@/resume-aarch64-unknown-linux-musl.tar.xz"
      sha256 "@SHA256 resume-aarch64-unknown-linux-musl.tar.xz@"
    end
    on_intel do
      url "@BASE@/resume-x86_64-unknown-linux-musl.tar.xz"
      sha256 "@SHA256 resume-x86_64-unknown-linux-musl.tar.xz@"
    end
  end

  def install
    bin.install "resume"
    man1.install Dir["man/*.1"]
    bash_completion.install "completions/resume.bash" => "resume"
    zsh_completion.install "completions/resume.zsh" => "_resume"
    fish_completion.install "completions/resume.fish"
  end

  test do
    system bin/"resume", "init", "--lang", "en", "own"
    system bin/"resume", "--data", "own/data", "render", "--format", "one-page"
    assert_path_exists testpath/"output/one-page.pdf"
  end
end
