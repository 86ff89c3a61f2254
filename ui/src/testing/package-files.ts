import type { PackageFile, PackageFiles } from "@/api/types";

const server = "https://crib.smith.example";

/** Something that looks like a digest, and differs from name to name. */
function digest(name: string): string {
  const of = (salt: number) =>
    [...name].reduce((state, letter) => (state * 31 + letter.charCodeAt(0)) % 4_294_967_291, salt);
  const pieces = Array.from({ length: 8 }, (_, at) => of(at * 77_777_777 + 4_021));
  return pieces.map((piece) => piece.toString(16).padStart(8, "0")).join("");
}

/** What the service answers of a package, in so many parts. */
export function packageFiles(params: Readonly<Record<string, string | undefined>>, parts = 8): PackageFiles {
  const [product, version, platform, language] = ["product", "version", "platform", "language"].map(
    (name) => params[name] ?? "",
  ) as [string, string, string, string];
  const base = `${server}/v1/products/${product}/releases/${version}/${platform}/${language}`;
  const ticket = "?ticket=tcd_sample";
  const file = (path: string, size_bytes: number): PackageFile => ({
    path,
    size_bytes,
    sha256: digest(`${product} ${version} ${path}`),
    url: `${base}/${path}${ticket}`,
  });
  const folder = `${product}-${version}-${platform}-${language}`;
  const fingerprint = digest("root");
  const numbered = Array.from({ length: parts }, (_, at) => `part-${String(at + 1).padStart(4, "0")}.zip`);
  return {
    product,
    version,
    platform,
    language,
    folder,
    files: [
      file("manifest.json", 3_412),
      file("index.zst", 41_203),
      ...numbered.map((name, at) => file(name, at + 1 < parts ? 8_388_608 : 2_580_000)),
      file("catalogue/server", server.length + 1),
      file(`catalogue/targets/${digest("listing")}.catalogue.json`, 9_824),
      file("catalogue/metadata/1.root.json", 2_104),
      file("catalogue/metadata/7.targets.json", 4_310),
      file("catalogue/metadata/9.snapshot.json", 612),
      file("catalogue/metadata/timestamp.json", 588),
    ],
    sums_url: `${base}/SHA256SUMS${ticket}`,
    scripts: [
      {
        shell: "sh",
        file: `${folder}.sh`,
        url: `${base}/download.sh${ticket}`,
        run_command: `sh ./${folder}.sh`,
        fetch_command: `curl -fsSg -o ${folder}.sh '${base}/download.sh${ticket}' && sh ./${folder}.sh`,
      },
      {
        shell: "powershell",
        file: `${folder}.ps1`,
        url: `${base}/download.ps1${ticket}`,
        run_command: `powershell -ExecutionPolicy Bypass -File .\\${folder}.ps1`,
        fetch_command: `Invoke-WebRequest -UseBasicParsing '${base}/download.ps1${ticket}' -OutFile ${folder}.ps1; powershell -ExecutionPolicy Bypass -File .\\${folder}.ps1`,
      },
    ],
    expires_at: new Date(Date.now() + 24 * 3_600_000).toISOString(),
    install_command: `toolcrib --server ${server} install ${product} --version ${version} --language ${language} --from ${folder} --trust ${fingerprint}`,
    fingerprint,
    installable_until: new Date(Date.now() + 20 * 3_600_000).toISOString(),
  };
}
