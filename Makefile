# make run serves the demo register; make test tests; make check is what every change passes before it is committed.
.PHONY: run test check race attack kill questions same interop walk pictures xmlconf bench scale overload generate fuzz

run:
	go run ./cmd/aareg serve

test:
	go test ./...

# Formatting, vet, staticcheck, a tidy go.mod, and the tests: among them that what is generated is fresh, that imports
# follow the layers, and that files and functions keep the house's sizes.
check:
	@test -z "$$(gofmt -l cmd fixtures products soap store wsdl)" || { gofmt -l cmd fixtures products soap store wsdl; echo 'run gofmt -w on these'; exit 1; }
	go vet ./...
	go tool staticcheck ./...
	go mod tidy -diff
	go test -short ./...

# All tests under the race detector, but those that attack, measure or compare built programs or import with them, which are
# built without it, and some long ones that do one thing after the other: ask all cases, change a log, take times, draw
# pictures, judge a contract, run what the README says, hold lists and counts against what reading all finds.
PROGRAMS = BorderHolds|StoppedProgram|KilledImport|QuestionsDuringImports|ServerTakesUp|SmallRegisterIsMeasured|RegisterIsMadeOnce|ProgramAnswersLikeItself|ProgramThatAnswersOtherwise
ONE_BY_ONE = ReadmesCommandsAreRun|DialectIsSpek|KontraktExits|KontraktSays|SameQuestion|ThousandMutations|ProtectedPersonsAreAsUnknownOnes|WhatIsCountedAhead|SearchForUnitsFinds|ListsOfNamesFind|WhoExistsForAView|ListsFollowRandomChanges|CountingCosts|AHitCosts|MemoryDoesNotGrowWithTheExtract|EveryGeneratedAnswer|HeadcountIsThatOf|EveryValueOfAnAnswer
# Where many ask and write at once it runs all of the others; elsewhere those that make check runs.
MANY_AT_ONCE = ./soap/... ./store ./store/konsument ./store/logg ./store/sqlite
race:
	go test -race -timeout 30m -skip '^Test($(PROGRAMS)|$(ONE_BY_ONE))' $(MANY_AT_ONCE)
	go test -race -timeout 30m -short -skip '^Test($(PROGRAMS)|$(ONE_BY_ONE))' $$(go list ./... | grep -vxF "$$(go list $(MANY_AT_ONCE))")

# Every attack there is a test for, at the real program; prints times, memory, and how a good client fares among slow ones.
attack:
	go test -count=1 -v -run '^(TestBorderHolds|TestStoppedProgram)' ./cmd/aareg

# KILLS imports killed at random moments: each time one whole generation; prints at what they were killed.
KILLS ?= 100
kill:
	AAREG_KILLS=$(KILLS) go test -count=1 -v -timeout 30m -run '^TestKilledImport' ./cmd/aareg

# QUESTIONS questions while the register is imported, full and incremental: none fails, none sees a mixture.
QUESTIONS ?= 100000
questions:
	AAREG_QUESTIONS=$(QUESTIONS) go test -count=1 -v -timeout 30m -run '^TestQuestionsDuringImports' ./cmd/aareg

# No answer changed by a byte: this checkout and BEFORE, a commit or a program, are asked ASKED questions by every consumer
# on two days, across a midnight; prints counts, and the first answers that differ. More flags: go run ./cmd/likhet --help.
BEFORE ?= HEAD
ASKED ?= 10000
same:
	go run ./cmd/likhet --before $(BEFORE) --questions $(ASKED)

# Real SOAP clients against the real program; installs the clients (Debian packages, npm) when they are missing. First
# the demo register, every leaf; then every way to log in; then a made-up register of PERSONS persons that was imported.
PERSONS ?= 300000
interop:
	soap/interop/run
	soap/interop/login
	AAREG_PERSONER=$(PERSONS) soap/interop/imported

# A real browser walks the look-up page of the real program; installs Chromium (a Debian package) and what drives it (npm)
# when they are missing. Then pictures of it, narrow, wide and on paper, into FOLDER, to be looked at.
walk:
	soap/walk/run

FOLDER ?= bilder
pictures:
	soap/walk/pictures $(FOLDER)

# The gate against the W3C XML Conformance Test Suite, which is fetched from npm and not kept here.
xmlconf:
	soap/xmlconf/run

# aareg against the machine: the real program on one core, whoever asks on the other, in turns with a handler that sends the
# same bytes. BENCH has its flags: BENCH='--compare HEAD~1', BENCH=--help. Then curves by size, and four times too many questions.
BENCH ?=
bench:
	go run ./cmd/bench $(BENCH)

scale:
	go run ./cmd/bench --scale $(BENCH)

overload:
	go run ./cmd/bench --overload $(BENCH)

# The contract out of the field table: XSD, WSDL, FELTER.md, the lists of request children, and gowsdl's bindings; and the
# design system of the look-up page, out of its npm package.
generate:
	go generate ./wsdl ./soap/oppslag

# Every fuzz target in turn, INPUTS inputs each (a time limit would fail now and then of its own: go.dev/issue/75804), a
# twentieth of them to the targets that judge or draw whole answers; what they find is kept under testdata/fuzz.
INPUTS ?= 200000
fuzz:
	@set -e; for pkg in ./store ./store/kilder ./products ./soap ./soap/oppslag ./soap/tilgang ./wsdl/kontrakt; do \
		inputs=$(INPUTS); case $$pkg in ./wsdl/kontrakt | ./soap/oppslag) inputs=$$((inputs / 20)) ;; esac; \
		for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz'); do \
			echo "fuzz $$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $${inputs}x -fuzzminimizetime 5x $$pkg; \
		done; \
	done
