package app

import "example.com/order-service/internal/truth"

const module = "example.com/order-service/internal/"

// locksOf is the answer a profiler should find; TestLocksAreWhatTheProfilesShow keeps it in step with the source.
func locksOf(o Options) []truth.Lock {
	if o.Fixed {
		return []truth.Lock{}
	}
	return []truth.Lock{
		{
			Name:   "config.(*OrderConfigManager)",
			Family: "RWMutex",
			Waiter: truth.Site{Function: module + "config.(*OrderConfigManager).GetConfig", File: "internal/config/manager.go", Line: 24},
			Holder: truth.Site{Function: module + "config.(*OrderConfigManager).ReloadFromDB", File: "internal/config/manager.go", Line: 39},
		},
		{
			Name:   "ledger.(*Ledger)",
			Family: "Mutex",
			Waiter: truth.Site{Function: module + "ledger.(*Ledger).Reserve", File: "internal/ledger/ledger.go", Line: 23},
			Holder: truth.Site{Function: module + "ledger.(*Ledger).Reserve", File: "internal/ledger/ledger.go", Line: 29},
		},
	}
}
