// Makes one entry of the table in files.c from the file that FILE_PATH names. #embed cannot be part
// of a macro, so files.c includes this header once for each file.
{
  &FILE_PATH[sizeof FOLDER - 1],
  (const uint8_t[]){
#embed FILE_PATH
  },
  sizeof (const uint8_t[]){
#embed FILE_PATH
  },
},
#undef FILE_PATH
