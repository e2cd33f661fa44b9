"""The local text models behind one small protocol."""
