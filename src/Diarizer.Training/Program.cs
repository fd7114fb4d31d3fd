Console.WriteLine("diarizer-train");
