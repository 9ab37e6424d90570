from xlperf.cli.main import run

run()
