// Reads {sheets: {title: rows of cells}, names: {name: expression}} as JSON from stdin, computes the workbook with
// HyperFormula as Excel would (no array arithmetic outside ARRAYFORMULA), prints {title: rows of values}.
// An error value is printed as its text, such as "#VALUE!"; a blank as null.
const { CellError, DetailedCellError, FunctionArgumentType, FunctionPlugin, HyperFormula } = require("hyperformula");
const { readFileSync } = require("fs");

// HyperFormula has no LOOKUP; its INDEX wants two numbers for a single row; its CONCATENATE takes a range for a list
// where Excel's lifts over it; its ROUND goes by the binary number, Excel's by 15 decimal digits; its SUMPRODUCT lifts
// nothing over ranges within it, Excel's does in any formula, but for IF.
class Excels extends FunctionPlugin {
  lookup(ast, state) {
    return this.runFunction(ast.args, state, this.metadata("LOOKUP"), (wanted, values, results) => {
      const last = values.data.flat().findLastIndex((value) => value <= wanted);
      return (results || values).data.flat()[last];
    });
  }
  index(ast, state) {
    return this.runFunction(ast.args, state, this.metadata("INDEX"), (row, number) => row.data.flat()[number - 1]);
  }
  concatenate(ast, state) {
    return this.runFunction(ast.args, state, this.metadata("CONCATENATE"), (...texts) => texts.join(""));
  }
  sumproduct(ast, state) {
    const lifts = !JSON.stringify(ast.args).includes('"procedureName":"IF"');
    const inside = Object.assign(Object.create(Object.getPrototypeOf(state)), state, lifts && { arraysFlag: true });
    return this.runFunction(ast.args, inside, this.metadata("SUMPRODUCT"), (...ranges) => {
      const factors = ranges.map((range) => range.data.flat());
      const wrong = factors.flat().find((value) => value instanceof CellError);
      const times = (product, values, i) => product * (typeof values[i] === "number" ? values[i] : 0);
      const products = factors[0].map((_, i) => factors.reduce((product, values) => times(product, values, i), 1));
      return wrong || products.reduce((sum, product) => sum + product, 0);
    });
  }
  round(ast, state) {
    return this.runFunction(ast.args, state, this.metadata("ROUND"), (value, places) => {
      const scaled = Number((Math.abs(value) * 10 ** places).toPrecision(15));
      return (Math.sign(value) * Math.round(scaled)) / 10 ** places;
    });
  }
}
const { NUMBER, RANGE, STRING } = FunctionArgumentType;
const parameters = (...types) => types.map((argumentType) => ({ argumentType }));
Excels.implementedFunctions = {
  LOOKUP: { method: "lookup", parameters: [...parameters(NUMBER, RANGE), { argumentType: RANGE, optionalArg: true }] },
  INDEX: { method: "index", parameters: parameters(RANGE, NUMBER) },
  CONCATENATE: { method: "concatenate", parameters: parameters(STRING), repeatLastArgs: 1 },
  ROUND: { method: "round", parameters: parameters(NUMBER, NUMBER) },
  SUMPRODUCT: { method: "sumproduct", parameters: parameters(RANGE), repeatLastArgs: 1 },
};
HyperFormula.registerFunctionPlugin(Excels, {
  enGB: { LOOKUP: "LOOKUP", INDEX: "INDEX", CONCATENATE: "CONCATENATE", ROUND: "ROUND", SUMPRODUCT: "SUMPRODUCT" },
});

const { sheets, names } = JSON.parse(readFileSync(0, "utf8"));
const expressions = Object.entries(names).map(([name, expression]) => ({ name, expression }));
const options = { licenseKey: "gpl-v3", useArrayArithmetic: false };
const engine = HyperFormula.buildFromSheets(sheets, options, expressions);
const shown = (value) => (value instanceof DetailedCellError ? value.value : value);
const values = Object.fromEntries(
  Object.entries(engine.getAllSheetsValues()).map(([title, rows]) => [title, rows.map((row) => row.map(shown))]),
);
process.stdout.write(JSON.stringify(values));
