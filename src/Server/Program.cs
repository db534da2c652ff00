Console.WriteLine("MyTradeX");
