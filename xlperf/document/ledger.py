def read_ledger(path):
    raise NotImplementedError
