// SheetJS as a reader: {"files": [path]} on stdin; {path: {sheet: {"A1": [value, formula]}}} on stdout, or {path: error}.
const XLSX = require("xlsx");

function read(path) {
  const workbook = XLSX.readFile(path);
  const sheets = {};
  for (const name of workbook.SheetNames) {
    const cells = Object.entries(workbook.Sheets[name]).filter(([address]) => !address.startsWith("!"));
    sheets[name] = Object.fromEntries(cells.map(([address, cell]) => [address, [cell.v ?? null, cell.f ?? null]]));
  }
  return sheets;
}

const { files } = JSON.parse(require("fs").readFileSync(0, "utf8"));
const books = {};
for (const path of files) {
  try {
    books[path] = read(path);
  } catch (error) {
    books[path] = String(error.stack);
  }
}
process.stdout.write(JSON.stringify(books));
