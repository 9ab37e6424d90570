# mypy: ignore-errors
# LibreOffice makes the modules imported here at run time, from its types; none of them has stubs.
"""The Calc add-in: what LibreOffice asks an add-in, answered from the catalog of `xlperf.measure`. No rules here."""

import unohelper
from com.sun.star.lang import IllegalArgumentException, Locale, XServiceInfo, XServiceName
from com.sun.star.sheet import LocalizedName, XAddIn, XCompatibilityNames

IMPLEMENTATION = "org.xlperf.calc.AddIn"
SERVICE = "XLPERF"  # Calc writes XLPERF.RATE into .ods files
ADD_IN = "com.sun.star.sheet.AddIn"
FILE_LOCALE = Locale("en", "US", "")  # the names that .xlsx files hold


def create(context):
    # Not before: while the extension is being installed, LibreOffice loads this file and knows no such interface yet.
    import xlperf_texts as texts
    from org.xlperf.calc import XFunctions
    from xlperf_handing import answer

    from xlperf.measure import CATALOG

    class AddIn(unohelper.Base, XFunctions, XAddIn, XCompatibilityNames, XServiceName, XServiceInfo):
        def __init__(self):
            self.locale = FILE_LOCALE

        # XAddIn; `getProgrammaticFuntionName` is spelled so in LibreOffice.

        def getProgrammaticFuntionName(self, display_name):
            return next((f.name for f in CATALOG.values() if f.worksheet_name == display_name), "")

        def getDisplayFunctionName(self, name):
            return CATALOG[name].worksheet_name if name in CATALOG else ""

        def getFunctionDescription(self, name):
            return texts.function_text(CATALOG[name], self.in_chinese()) if name in CATALOG else ""

        def getDisplayArgumentName(self, name, position):
            param = self.param(name, position)
            return texts.argument_name(param, self.in_chinese()) if param else ""

        def getArgumentDescription(self, name, position):
            param = self.param(name, position)
            return texts.argument_text(param, self.in_chinese()) if param else ""

        def getProgrammaticCategoryName(self, name):
            return "Add-In"  # Calc has a fixed list of categories

        def getDisplayCategoryName(self, name):
            return texts.CATEGORY[0 if self.in_chinese() else 1]

        def param(self, name, position):
            params = CATALOG[name].params if name in CATALOG else ()
            return params[position] if 0 <= position < len(params) else None

        # XCompatibilityNames

        def getCompatibilityNames(self, name):
            return (LocalizedName(FILE_LOCALE, CATALOG[name].worksheet_name),) if name in CATALOG else ()

        # XLocalizable

        def setLocale(self, locale):
            self.locale = locale

        def getLocale(self):
            return self.locale

        def in_chinese(self):
            return texts.in_chinese(self.locale)

        # XServiceName, XServiceInfo

        def getServiceName(self):
            return SERVICE

        def getImplementationName(self):
            return IMPLEMENTATION

        def supportsService(self, name):
            return name in self.getSupportedServiceNames()

        def getSupportedServiceNames(self):
            return (SERVICE, ADD_IN)

    def method(function):
        def answered(self, *arguments):
            try:
                return answer(function, arguments)
            except Exception as error:
                # Calc turns this into an error value, so that IFERROR goes on to the plain formula.
                raise IllegalArgumentException(str(error), self, 0) from None

        return answered

    for function in CATALOG.values():
        setattr(AddIn, function.name, method(function))
    return AddIn()


g_ImplementationHelper = unohelper.ImplementationHelper()
g_ImplementationHelper.addImplementation(create, IMPLEMENTATION, (SERVICE, ADD_IN))
