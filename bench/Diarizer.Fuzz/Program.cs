using System.CommandLine;
using Diarizer.Fuzz;
using Diarizer.Fuzz.Targets;

var executions = new Option<long>("--executions") { Description = "Inputs altogether, shared out among the targets.", DefaultValueFactory = _ => 1_000_000 };
var seed = new Option<int>("--seed") { Description = "Of the random numbers; the same seed gives the same inputs.", DefaultValueFactory = _ => 1 };
var replay = new Option<string?>("--replay") { Description = "Reads this file with the target named, instead of random inputs.", HelpName = "FILE" };
var names = new Argument<string[]>("TARGET") { Description = $"What to fuzz; all by default: {string.Join(", ", FuzzTargets.Names)}.", Arity = ArgumentArity.ZeroOrMore };
names.AcceptOnlyFromAmong([.. FuzzTargets.Names]);
var command = new RootCommand("Feeds random inputs to everything that reads what strangers give the daemon.") { executions, seed, replay, names };
command.SetAction(parsed => parsed.GetValue(replay) is { } file
    ? Runs.Replay(file, parsed.GetValue(names)!)
    : Runs.Fuzz(parsed.GetValue(names)!, parsed.GetValue(executions), parsed.GetValue(seed)));
return command.Parse(args).Invoke();
