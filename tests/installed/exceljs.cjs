// ExcelJS as a reader: {"files": [path]} on stdin; {path: {sheet: {"A1": [value, formula]}}} on stdout, or {path: error}.
const { Workbook } = require("exceljs");

function valueOf(cell) {
  const value = cell.formula === undefined ? cell.value : cell.result;
  if (value && value.richText) return value.richText.map((run) => run.text).join("");
  return value && value.text !== undefined ? value.text : value;
}

async function read(path) {
  const workbook = new Workbook();
  await workbook.xlsx.readFile(path);
  const sheets = {};
  for (const sheet of workbook.worksheets) {
    const cells = (sheets[sheet.name] = {});
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        // The cells below a merge repeat its value here.
        if (cell.master === cell) cells[cell.address] = [valueOf(cell) ?? null, cell.formula ?? null];
      }),
    );
  }
  return sheets;
}

async function main() {
  const { files } = JSON.parse(require("fs").readFileSync(0, "utf8"));
  const books = {};
  for (const path of files) books[path] = await read(path).catch((error) => String(error.stack));
  process.stdout.write(JSON.stringify(books));
}

main();
