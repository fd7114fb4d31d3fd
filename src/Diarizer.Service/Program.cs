Console.WriteLine("diarizer");
