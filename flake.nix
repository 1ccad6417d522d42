{
  description = "One career in YAML, every PDF it needs";

  inputs.nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";

  outputs = { self, nixpkgs }:
    let
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      each = make: nixpkgs.lib.genAttrs systems (system: make nixpkgs.legacyPackages.${system});
      manifest = (nixpkgs.lib.importTOML ./Cargo.toml).package;
    in
    {
      packages = each (pkgs: {
        default = pkgs.rustPlatform.buildRustPackage {
          pname = manifest.name;
          inherit (manifest) version;
          src = self;
          cargoLock.lockFile = ./Cargo.lock;
          env.RESUME_COMMIT = self.rev or self.dirtyRev or "";
          # The tests are run by `.ci/run`.
          doCheck = false;
          nativeBuildInputs = [ pkgs.installShellFiles ];
          postInstall = ''
            $out/bin/resume man --output man
            installManPage man/*
            for shell in bash zsh fish; do
              $out/bin/resume completions $shell > resume.$shell
            done
            installShellCompletion resume.bash resume.zsh resume.fish
          '';
          meta = {
            inherit (manifest) description;
            license = with nixpkgs.lib.licenses; [ mit asl20 ];
            mainProgram = "resume";
          };
        };
      });
    };
}
